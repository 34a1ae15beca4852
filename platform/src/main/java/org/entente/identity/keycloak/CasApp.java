package org.entente.identity.keycloak;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.springframework.stereotype.Component;

/** A service that signs people in by CAS, as a client of the realm: of our own protocol in {@code engines/keycloak}. */
@Component
class CasApp {

    private final Subjects subjects;

    CasApp(Subjects subjects) {
        this.subjects = subjects;
    }

    RealmClients.Wanted client(Service service, SignIn.Cas cas) {
        String clientId = SignIn.Cas.clientId(service.id());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("clientId", clientId);
        body.put("name", service.name().fr());
        body.put("enabled", true);
        body.put("protocol", RealmClients.CAS);
        // No secret of it is known to anybody, so that it is nothing at the endpoints of other protocols.
        body.put("publicClient", false);
        body.put("implicitFlowEnabled", false);
        body.put("directAccessGrantsEnabled", false);
        body.put("serviceAccountsEnabled", false);
        body.put("frontchannelLogout", false);
        body.put("fullScopeAllowed", false);
        body.put("consentRequired", false);
        body.put("baseUrl", cas.initiateUrl());
        body.put("redirectUris", cas.serviceUrls());
        body.put(
                "attributes",
                Map.of(
                        "entente.service", service.id(),
                        "entente.idp", subjects.identityProvider(),
                        "entente.second-factor", Boolean.toString(service.secondFactor()),
                        "entente.subject-key", subjects.key(clientId),
                        "entente.cas.user", cas.user().name().toLowerCase(Locale.ROOT)));
        return new RealmClients.Wanted(clientId, body);
    }
}
