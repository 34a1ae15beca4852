package org.entente.keycloak;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One live capacity of a person, as the platform writes it: one value of the user's attribute {@link #ATTRIBUTE}.
 *
 * @param keptBy {@code ldap} for who is in the member's own directory, by whose password they may sign in
 * @param services service id → roles: what this capacity gives access to
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Capacity(
        String id,
        String member,
        @Nullable String siren,
        @Nullable String siret,
        String memberName,
        String kind,
        String function,
        @Nullable String unit,
        @Nullable String address,
        @Nullable String phone,
        @Nullable String keptBy,
        SortedMap<String, List<String>> services) {

    /** The user attribute that holds capacities. */
    public static final String ATTRIBUTE = "capacity";

    /** The client session note that says in which capacity the person acts in that app. */
    public static final String NOTE = "entente.capacity";

    /** The user session note that keeps the credentials used at sign-in. */
    public static final String FACTORS = "entente.factors";

    public Capacity {
        if (id == null || id.isBlank() || services == null) {
            throw new IllegalArgumentException("a capacity needs an id and its services");
        }
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        services.forEach((service, roles) ->
                sorted.put(service, roles.stream().sorted().distinct().toList()));
        services = sorted;
    }

    @JsonIgnore
    public boolean gives(String service) {
        return services.containsKey(service);
    }

    /** Whether this capacity is at the establishment named by an app, by its SIRET or at least its SIREN. */
    @JsonIgnore
    public boolean isAt(String hint) {
        return siret != null ? siret.equals(hint) : siren != null && hint.startsWith(siren);
    }
}
