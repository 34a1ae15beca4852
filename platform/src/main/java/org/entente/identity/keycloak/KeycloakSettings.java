package org.entente.identity.keycloak;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Keycloak is.
 *
 * @param url how the platform reaches it
 * @param publicUrl how browsers reach it, which is also what tokens carry; the same as {@code url} when not set
 * @param realm the territory's realm
 * @param adminClientId service account of the realm {@code master} that keeps our realm; when it is not set the realm is kept by
 *     someone else, and the platform only uses it
 */
@ConfigurationProperties("entente.keycloak")
record KeycloakSettings(
        @DefaultValue("http://127.0.0.1:8401") String url,
        @Nullable String publicUrl,
        @DefaultValue("entente") String realm,
        @DefaultValue("") String adminClientId,
        @DefaultValue("") String adminClientSecret) {

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
}
