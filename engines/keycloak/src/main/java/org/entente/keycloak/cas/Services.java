package org.entente.keycloak.cas;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.entente.keycloak.claims.CasWords;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** Which client of the realm an address belongs to: the only name that a CAS application has for itself. */
final class Services {

    private Services() {}

    /** @param client the one whose registered address says the most of it, so that one application may lie within another's prefix */
    record Found(ClientModel client, ServiceUrl url) {}

    static Optional<Found> find(RealmModel realm, @Nullable String service) {
        return ServiceUrl.of(service)
                .flatMap(url -> realm.getClientsStream()
                        .filter(client -> CasWords.PROTOCOL.equals(client.getProtocol()) && client.isEnabled())
                        .map(client -> Map.entry(client, closeness(client, url)))
                        .filter(entry -> entry.getValue() > 0)
                        .max(Map.Entry.<ClientModel, Integer>comparingByValue()
                                .thenComparing(entry -> entry.getKey().getClientId(), Comparator.reverseOrder()))
                        .map(entry -> new Found(entry.getKey(), url)));
    }

    /** Whether it is still one of this client's. */
    static Optional<ServiceUrl> of(ClientModel client, @Nullable String service) {
        return ServiceUrl.of(service).filter(url -> closeness(client, url) > 0);
    }

    /** 0: not one of its addresses. */
    private static int closeness(ClientModel client, ServiceUrl url) {
        return client.getRedirectUris().stream()
                .filter(url::fits)
                .mapToInt(registered -> registered.endsWith("*") ? registered.length() : Integer.MAX_VALUE)
                .max()
                .orElse(0);
    }
}
