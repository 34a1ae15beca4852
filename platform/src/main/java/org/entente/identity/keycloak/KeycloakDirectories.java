package org.entente.identity.keycloak;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.entente.base.Refusal;
import org.entente.identity.SignInDirectories;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** {@link SignInDirectories} by our own resource in Keycloak: see {@code docs/developers/keycloak-door.md}. */
@Component
class KeycloakDirectories implements SignInDirectories {

    private static final Logger log = LoggerFactory.getLogger(KeycloakDirectories.class);

    /** The same on the other side: {@code org.entente.keycloak.sources.DirectoryDoor}. */
    private static final String PURPOSE = "entente directory passwords";

    private final KeycloakCalls keycloak;
    private final ClientSecrets secrets;

    KeycloakDirectories(KeycloakCalls keycloak, ClientSecrets secrets) {
        this.keycloak = keycloak;
        this.secrets = secrets;
    }

    @Override
    public void put(String door, List<Directory> directories) {
        try {
            var unused = keycloak.call(rest -> rest.put()
                    .uri("/entente/directories")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("door", door, "directories", directories))
                    .retrieve()
                    .toBodilessEntity());
        } catch (RestClientException e) {
            log.warn("Keycloak does not take the directories: {}", e.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "signin.unavailable");
        }
    }

    @Override
    public boolean isEngine(String word) {
        return MessageDigest.isEqual(
                word.getBytes(StandardCharsets.UTF_8),
                word(secrets.of(RealmClients.PLATFORM)).getBytes(StandardCharsets.UTF_8));
    }

    private static String word(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
