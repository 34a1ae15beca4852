package org.entente.keycloak;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/** The live capacities of a user, read anew each time: they are what the last batch of the platform wrote. */
public final class Capacities {

    /** Client attribute: the service of the catalogue that this client is. */
    private static final String SERVICE = "entente.service";

    /** Client attribute: {@code none} for clients that people use in no particular capacity, such as the portal. */
    private static final String CAPACITY = "entente.capacity";

    private Capacities() {}

    public static List<Capacity> of(UserModel user) {
        return user.getAttributeStream(Capacity.ATTRIBUTE)
                .map(text -> Json.read(text, Capacity.class))
                .toList();
    }

    public static Optional<Capacity> find(UserModel user, @Nullable String id) {
        return of(user).stream().filter(capacity -> capacity.id().equals(id)).findFirst();
    }

    /**
     * The one of these capacities in which somebody may use this client: the one of this id, while it gives the client's service. None
     * for who uses it in no capacity.
     */
    public static Optional<Capacity> acting(List<Capacity> live, @Nullable String id, ClientModel client) {
        return live.stream()
                .filter(capacity -> capacity.id().equals(id))
                .filter(capacity -> exempts(client) || capacity.gives(service(client)))
                .findFirst();
    }

    public static String service(ClientModel client) {
        String service = client.getAttribute(SERVICE);
        return service == null || service.isBlank() ? client.getClientId() : service;
    }

    /** Whether people use this client in no particular capacity. */
    public static boolean exempts(ClientModel client) {
        return "none".equals(client.getAttribute(CAPACITY));
    }
}
