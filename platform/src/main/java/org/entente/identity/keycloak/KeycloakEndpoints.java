package org.entente.identity.keycloak;

import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.catalog.SignIn;
import org.entente.identity.AppEndpoints;
import org.springframework.stereotype.Component;

/** {@link AppEndpoints} of the realm. */
@Component
class KeycloakEndpoints implements AppEndpoints {

    private final KeycloakSettings settings;

    KeycloakEndpoints(KeycloakSettings settings) {
        this.settings = settings;
    }

    @Override
    public Map<String, String> of(SignIn signIn) {
        return switch (signIn) {
            case SignIn.Oidc oidc -> oidc(oidc);
            case SignIn.Saml saml -> saml();
            case SignIn.Cas cas -> cas();
            case SignIn.Gateway gateway -> Map.of();
            case SignIn.BuiltIn builtIn -> Map.of();
            case SignIn.Link link -> Map.of();
        };
    }

    private Map<String, String> oidc(SignIn.Oidc oidc) {
        String issuer = settings.issuer();
        String protocol = issuer + "/protocol/openid-connect";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("discovery", issuer + "/.well-known/openid-configuration");
        all.put("issuer", issuer);
        all.put("client_id", oidc.clientId());
        all.put("authorization_endpoint", protocol + "/auth");
        all.put("token_endpoint", protocol + "/token");
        all.put("userinfo_endpoint", protocol + "/userinfo");
        all.put("jwks_uri", protocol + "/certs");
        all.put("end_session_endpoint", protocol + "/logout");
        return all;
    }

    private Map<String, String> cas() {
        String base = settings.issuer() + "/protocol/cas";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cas", base);
        all.put("cas_login", base + "/login");
        all.put("cas_validate", base + "/p3/serviceValidate");
        all.put("cas_logout", base + "/logout");
        return all;
    }

    private Map<String, String> saml() {
        String issuer = settings.issuer();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("metadata", issuer + "/protocol/saml/descriptor");
        all.put("entity_id", issuer);
        all.put("single_sign_on", issuer + "/protocol/saml");
        all.put("single_logout", issuer + "/protocol/saml");
        return all;
    }
}
