package org.entente.identity.keycloak;

import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.springframework.stereotype.Component;

/** A service that signs people in by SAML 2.0, as a client of the realm. Response and assertion are always signed (RSA, SHA-256). */
@Component
class SamlApp {

    private final Subjects subjects;

    SamlApp(Subjects subjects) {
        this.subjects = subjects;
    }

    RealmClients.Wanted client(Service service, SignIn.Saml saml) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("clientId", saml.entityId());
        body.put("name", service.name().fr());
        body.put("enabled", true);
        body.put("protocol", "saml");
        body.put("frontchannelLogout", true);
        body.put("fullScopeAllowed", false);
        body.put("consentRequired", false);
        body.put("baseUrl", saml.initiateUrl());
        body.put("redirectUris", saml.assertionConsumerServices());
        body.put("attributes", attributes(service, saml));
        return new RealmClients.Wanted(saml.entityId(), body);
    }

    /** Empty values, too: Keycloak keeps an attribute that is not sent. */
    private Map<String, String> attributes(Service service, SignIn.Saml saml) {
        String certificate = saml.certificate();
        String logout = saml.singleLogoutService();
        String soap = saml.singleLogoutSoap();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("entente.service", service.id());
        attributes.put("entente.idp", subjects.identityProvider());
        attributes.put("entente.second-factor", Boolean.toString(service.secondFactor()));
        attributes.put("entente.subject-key", subjects.key(saml.entityId()));
        attributes.put("saml.assertion.signature", "true");
        attributes.put("saml.server.signature", "true");
        attributes.put("saml.signature.algorithm", "RSA_SHA256");
        attributes.put("saml.authnstatement", "true");
        attributes.put("saml.force.post.binding", "true");
        attributes.put("saml.client.signature", Boolean.toString(certificate != null));
        attributes.put("saml.signing.certificate", certificate == null ? "" : certificate);
        attributes.put("saml_name_id_format", saml.nameId() == SignIn.NameId.EMAIL ? "email" : "persistent");
        attributes.put("saml_force_name_id_format", "true");
        attributes.put(
                "saml_assertion_consumer_url_post",
                saml.assertionConsumerServices().getFirst());
        attributes.put("saml_single_logout_service_url_post", logout == null ? "" : logout);
        attributes.put("saml_single_logout_service_url_soap", soap == null ? "" : soap);
        return attributes;
    }
}
