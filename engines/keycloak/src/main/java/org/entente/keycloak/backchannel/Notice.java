package org.entente.keycloak.backchannel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;

/**
 * That a session of an application has ended, as it is to be told: what is needed to say it, not the message, since a message that is
 * signed is good for some minutes and may have to be said again a day later.
 *
 * @param client of the realm
 * @param service of the catalogue
 * @param capacity the session was of; none for clients that are used in no capacity
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Notice(
        String id, String client, String service, @Nullable String capacity, Means means, Map<String, String> facts) {

    /** How an application can be told without a browser. */
    public enum Means {
        OIDC_BACK_CHANNEL,
        SAML_SOAP,
        CAS_LOGOUT,
        /** Not at all: by its description it has no such address. */
        NONE
    }

    static final String TO = "to";
    static final String PARAMETER = "parameter";
    static final String VALUE = "value";

    public Notice {
        if (id == null || client == null || service == null || means == null) {
            throw new IllegalArgumentException("A notice needs id, client, service and means");
        }
        facts = facts == null ? Map.of() : Map.copyOf(facts);
    }

    public static Notice of(AuthenticatedClientSessionModel clientSession, Means means, Map<String, String> facts) {
        ClientModel client = clientSession.getClient();
        return new Notice(
                UUID.randomUUID().toString(),
                client.getClientId(),
                Capacities.service(client),
                clientSession.getNote(Capacity.NOTE),
                means,
                facts);
    }

    /** One whose message is not signed, and stays as it is. */
    public static Notice form(
            AuthenticatedClientSessionModel clientSession, Means means, URI to, String parameter, String value) {
        return of(clientSession, means, Map.of(TO, to.toString(), PARAMETER, parameter, VALUE, value));
    }

    /** Whether both would tell the same application the same: an online session and the offline one made of it end together. */
    boolean saysAs(Notice other) {
        return client.equals(other.client) && means == other.means && facts.equals(other.facts);
    }
}
