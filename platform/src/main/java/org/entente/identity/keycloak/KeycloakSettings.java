package org.entente.identity.keycloak;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Keycloak is.
 *
 * @param url how the platform reaches it
 * @param publicUrl how browsers reach it, which is also what tokens carry; the same as {@code url} when not set
 * @param realm the territory's realm
 * @param displayName what sign-in pages call the territory
 * @param adminClientId service account of the realm {@code master} that keeps our realm; when it is not set the realm is kept by
 *     someone else, and the platform only uses it
 * @param answer the longest the platform waits for one answer
 * @param smtp by which Keycloak sends its mails
 */
@ConfigurationProperties("entente.keycloak")
record KeycloakSettings(
        @DefaultValue("http://127.0.0.1:8401") String url,
        @Nullable String publicUrl,
        @DefaultValue("entente") String realm,
        @DefaultValue("Entente") String displayName,
        @DefaultValue("") String adminClientId,
        @DefaultValue("") String adminClientSecret,
        @DefaultValue("20s") Duration answer,
        @DefaultValue Smtp smtp) {

    String issuer() {
        return (publicUrl == null ? url : publicUrl) + "/realms/" + realm;
    }

    boolean keepsRealm() {
        return !adminClientId.isBlank();
    }

    @Override
    public String toString() {
        return "KeycloakSettings[" + url + "]";
    }

    record Smtp(
            @DefaultValue("127.0.0.1") String host,
            @DefaultValue("25") int port,
            @DefaultValue("ne-pas-repondre@entente.invalid") String from,
            @DefaultValue("false") boolean startTls,
            @DefaultValue("") String user,
            @DefaultValue("") String password) {

        @Override
        public String toString() {
            return "Smtp[" + host + ":" + port + "]";
        }
    }
}
