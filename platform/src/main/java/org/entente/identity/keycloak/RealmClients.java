package org.entente.identity.keycloak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.catalog.Service;
import org.entente.catalog.SignIn;
import org.entente.identity.PortalClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The clients the realm should have: the portal, the platform's own account, and every service that signs in by OIDC, SAML or CAS. */
@Component
class RealmClients {

    /** The service account by which the platform keeps people. */
    static final String PLATFORM = "entente-platform";

    /** The protocol of our own. */
    static final String CAS = "cas";

    private static final Logger log = LoggerFactory.getLogger(RealmClients.class);

    private final Catalog catalog;
    private final ClientSecrets secrets;
    private final OidcApp oidcApp;
    private final SamlApp samlApp;
    private final CasApp casApp;
    private final String publicUrl;

    RealmClients(
            Catalog catalog,
            ClientSecrets secrets,
            OidcApp oidcApp,
            SamlApp samlApp,
            CasApp casApp,
            @Value("${entente.public-url:http://localhost:8400}") String publicUrl) {
        this.catalog = catalog;
        this.secrets = secrets;
        this.oidcApp = oidcApp;
        this.samlApp = samlApp;
        this.casApp = casApp;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** One client, as Keycloak's admin API writes it. */
    record Wanted(String clientId, Map<String, Object> body, List<String> moreScopes) {

        Wanted(String clientId, Map<String, Object> body) {
            this(clientId, body, List.of());
        }

        /** What is told without being asked for. */
        List<String> defaultScopes() {
            return switch (String.valueOf(body.get("protocol"))) {
                case "saml" -> List.of(RealmDocument.SAML_SCOPE);
                case CAS -> List.of();
                default -> RealmDocument.DEFAULT_SCOPES;
            };
        }

        /** What is told when asked for; neither SAML nor CAS has a way to ask. */
        List<String> optionalScopes() {
            return "openid-connect".equals(body.getOrDefault("protocol", "openid-connect"))
                    ? Stream.concat(RealmDocument.OPTIONAL_SCOPES.stream(), moreScopes.stream())
                            .toList()
                    : List.of();
        }
    }

    List<Wanted> all() {
        List<Wanted> all = new ArrayList<>(List.of(portal(), platform()));
        for (Service service : catalog.services()) {
            try {
                app(service).ifPresent(all::add);
            } catch (Refusal refusal) {
                // One secret that cannot be found must not keep everybody else from signing in.
                log.error("The client of {} is not applied: {}", service.id(), refusal.getMessage());
            }
        }
        all.add(account());
        return all;
    }

    private Optional<Wanted> app(Service service) {
        return switch (service.signIn()) {
            case SignIn.Oidc oidc ->
                Optional.of(oidcApp.client(
                        service, oidc, client(oidc.clientId(), service.name().fr())));
            case SignIn.Saml saml -> Optional.of(samlApp.client(service, saml));
            case SignIn.Cas cas -> Optional.of(casApp.client(service, cas));
            case SignIn.BuiltIn builtIn -> Optional.empty();
            case SignIn.Link link -> Optional.empty();
            case SignIn.Gateway gateway -> Optional.empty();
        };
    }

    private Wanted portal() {
        Map<String, Object> body = confidential(PortalClient.ID, "Entente");
        body.put("rootUrl", publicUrl);
        body.put("baseUrl", publicUrl + "/");
        body.put("redirectUris", List.of(publicUrl + "/*"));
        body.put(
                "attributes",
                Map.of(
                        "entente.capacity",
                        "none",
                        "acr.loa.map",
                        OidcApp.LEVELS,
                        "pkce.code.challenge.method",
                        "S256",
                        "post.logout.redirect.uris",
                        publicUrl + "/*",
                        "backchannel.logout.url",
                        publicUrl + "/logout/connect/back-channel/keycloak",
                        "backchannel.logout.session.required",
                        "true"));
        return new Wanted(PortalClient.ID, body);
    }

    private Wanted platform() {
        Map<String, Object> body = confidential(PLATFORM, "Entente (platform)");
        body.put("standardFlowEnabled", false);
        body.put("serviceAccountsEnabled", true);
        body.put("fullScopeAllowed", true);
        body.put("attributes", Map.of("entente.capacity", "none"));
        return new Wanted(PLATFORM, body);
    }

    /** Keycloak's own client, under which first-sign-in links run: it is no service, people use it in no capacity. */
    private Wanted account() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("clientId", "account");
        body.put("baseUrl", publicUrl + "/");
        body.put("attributes", Map.of("entente.capacity", "none"));
        return new Wanted("account", body);
    }

    private Map<String, Object> confidential(String clientId, String name) {
        Map<String, Object> body = client(clientId, name);
        body.put("publicClient", false);
        body.put("secret", secrets.of(clientId));
        return body;
    }

    private static Map<String, Object> client(String clientId, String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("clientId", clientId);
        body.put("name", name);
        body.put("enabled", true);
        body.put("protocol", "openid-connect");
        body.put("standardFlowEnabled", true);
        body.put("implicitFlowEnabled", false);
        // Only at our pages is a capacity chosen: a password sent by an app would go around them.
        body.put("directAccessGrantsEnabled", false);
        body.put("serviceAccountsEnabled", false);
        body.put("fullScopeAllowed", false);
        body.put("consentRequired", false);
        return body;
    }
}
