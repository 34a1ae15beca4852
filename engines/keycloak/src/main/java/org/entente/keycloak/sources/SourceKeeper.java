package org.entente.keycloak.sources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Brings Keycloak's identity provider of one alias to what the platform wants of a source. */
final class SourceKeeper {

    /** Where SAML providers put an address: LDAP's and SAML's names of it (RFC 4519, eduPerson), and Microsoft's. */
    private static final List<String> ADDRESS_ATTRIBUTES = List.of(
            "mail",
            "email",
            "urn:oid:0.9.2342.19200300.100.1.3",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress");

    /** Settings of SAML metadata that may be taken over; the rest is ours to say. */
    private static final Set<String> FROM_METADATA = Set.of(
            "idpEntityId",
            "singleSignOnServiceUrl",
            "singleLogoutServiceUrl",
            "signingCertificate",
            "encryptionPublicKey",
            "nameIDPolicyFormat",
            "postBindingAuthnRequest",
            "postBindingResponse",
            "postBindingLogout",
            "addExtensionsElementWithKeyInfo");

    private static final String MAPPER = "asserted";

    private final KeycloakSession session;
    private final RealmModel realm;

    SourceKeeper(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    void put(String alias, Wanted wanted) {
        IdentityProviderModel there = session.identityProviders().getByAlias(alias);
        if (there != null && !Source.is(there)) {
            throw new IllegalArgumentException("There is an identity provider of that name which is no source");
        }
        String before = there == null ? "" : provider(there.getConfig());
        IdentityProviderModel model = there == null ? new IdentityProviderModel() : there;
        model.setAlias(alias);
        model.setProviderId(providerId(wanted));
        model.setDisplayName(wanted.label());
        model.setEnabled(!wanted.state().equals("off"));
        model.setTrustEmail(false);
        model.setStoreToken(false);
        model.setConfig(config(wanted));
        model.setSyncMode(IdentityProviderSyncMode.IMPORT);
        model.setHideOnLogin(true);
        model.setLoginHint(true);
        Sources.bind(realm, model);
        if (there == null) {
            session.identityProviders().create(model);
        } else {
            if (!before.equals(provider(model.getConfig()))) {
                // Another provider's word for who somebody is, is not what they were linked to.
                session.users().preRemove(realm, there);
            }
            session.identityProviders().update(model);
        }
        mappers(alias, wanted);
        Sources.forget(realm);
    }

    private static String providerId(Wanted wanted) {
        if (wanted.partners() != null) {
            return ProConnectProviderFactory.ID;
        }
        return wanted.oidc() == null
                ? SAMLIdentityProviderFactory.PROVIDER_ID
                : OIDCIdentityProviderFactory.PROVIDER_ID;
    }

    /** Who speaks: the issuer, or the entity with what it signs by. ProConnect calls people otherwise for each client. */
    static String provider(Map<String, String> config) {
        return config.getOrDefault("issuer", "") + " " + config.getOrDefault("idpEntityId", "") + " "
                + config.getOrDefault("signingCertificate", "")
                + (config.containsKey(Source.DOOR) ? " " + config.get("clientId") : "");
    }

    boolean remove(String alias) {
        IdentityProviderModel there = session.identityProviders().getByAlias(alias);
        if (there == null || !Source.is(there)) {
            return false;
        }
        session.users().preRemove(realm, there);
        boolean removed = session.identityProviders().remove(alias);
        Sources.forget(realm);
        return removed;
    }

    private Map<String, String> config(Wanted wanted) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(Source.MEMBER, wanted.member());
        config.put(Source.DOMAINS, String.join(",", wanted.domains()));
        config.put(Source.ROUTES, Boolean.toString(wanted.state().equals("on")));
        config.put(Source.PASSWORDS_TOO, Boolean.toString(wanted.passwordsToo()));
        config.put(Source.TRUSTS_ADDRESSES, Boolean.toString(wanted.trustsAddresses()));
        config.put(Source.TRUSTS_FACTORS, Boolean.toString(wanted.trustsFactors()));
        config.put(Source.SIGNS_OUT_THERE, Boolean.toString(wanted.signsOutThere()));
        config.put("allowedClockSkew", "30");
        Wanted.Oidc oidc = wanted.oidc();
        if (oidc == null) {
            saml(config, wanted.saml() == null ? Map.of() : wanted.saml());
        } else {
            oidc(config, oidc);
        }
        if (wanted.partners() != null) {
            partners(config, wanted.partners());
        }
        return config;
    }

    private static void oidc(Map<String, String> config, Wanted.Oidc oidc) {
        config.put("issuer", oidc.issuer());
        config.put("authorizationUrl", oidc.authorizationUrl());
        config.put("tokenUrl", oidc.tokenUrl());
        config.put("jwksUrl", oidc.jwksUrl());
        config.put("clientId", oidc.clientId());
        config.put("clientSecret", oidc.clientSecret());
        config.put("clientAuthMethod", oidc.clientAuthentication());
        config.put("defaultScope", oidc.scopes());
        // Without its signature an ID token is worth what the network is worth.
        config.put("validateSignature", "true");
        config.put("useJwksUrl", "true");
        config.put("pkceEnabled", "true");
        config.put("pkceMethod", "S256");
        // Ending a session here never makes Keycloak call an address that a member's provider named.
        config.put("backchannelSupported", "false");
        config.put("passMaxAge", "true");
        String endSession = oidc.endSessionUrl();
        if (endSession != null) {
            config.put(Source.END_SESSION, endSession);
        }
        String userInfo = oidc.userInfoUrl();
        if (userInfo == null) {
            config.put("disableUserInfo", "true");
        } else {
            config.put("userInfoUrl", userInfo);
        }
    }

    private static void partners(Map<String, String> config, Wanted.Partners partners) {
        config.put(Source.DOOR, PartnersDoor.checked(partners.door()));
        config.put("pkceEnabled", Boolean.toString(partners.pkce()));
        config.put("passMaxAge", "false");
    }

    private void saml(Map<String, String> config, Map<String, String> metadata) {
        metadata.forEach((name, value) -> {
            if (FROM_METADATA.contains(name) && value != null) {
                config.put(name, value);
            }
        });
        config.put("entityId", SourceResource.entityId(session, realm));
        config.put("validateSignature", "true");
        config.put("wantAssertionsSigned", "true");
        config.put("wantAuthnRequestsSigned", "true");
        config.put("signatureAlgorithm", "RSA_SHA256");
        config.put("postBindingResponse", "true");
        config.put("principalType", "SUBJECT");
    }

    private void mappers(String alias, Wanted wanted) {
        mapper(alias, MAPPER, Asserted.ID, Map.of());
        if (wanted.oidc() == null) {
            for (String attribute : ADDRESS_ATTRIBUTES) {
                mapper(
                        alias,
                        "address " + attribute,
                        "saml-user-attribute-idp-mapper",
                        Map.of("attribute.name", attribute, "user.attribute", "email"));
            }
        }
    }

    private void mapper(String alias, String name, String type, Map<String, String> settings) {
        IdentityProviderMapperModel mapper = session.identityProviders().getMapperByName(alias, name);
        if (mapper == null) {
            mapper = new IdentityProviderMapperModel();
            mapper.setIdentityProviderAlias(alias);
            mapper.setName(name);
            mapper.setIdentityProviderMapper(type);
            Map<String, String> config = new LinkedHashMap<>(settings);
            config.put("syncMode", "INHERIT");
            mapper.setConfig(config);
            session.identityProviders().createMapper(mapper);
        }
    }
}
