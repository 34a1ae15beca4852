package org.entente.keycloak.sources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Locale;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Vouching;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/**
 * A member's LDAP directory, whose password its people sign in with; it is the platform that asks the directory, by {@link DirectoryDoor}.
 *
 * @param member the only member whose people it may speak for
 * @param label what pages call it: the member's name
 * @param domains mail domains of that member
 * @param state {@code trial} (only a link that names it) or {@code on}
 * @param target stands for where it is and by what people are found in it: somebody else's server is another directory
 * @param passwordsToo whether people who are in it may use the territory's password as well
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Directory(
        String member, String label, List<String> domains, String state, String target, boolean passwordsToo) {

    private static final String ALIAS = "ldap-";
    private static final String KEPT_BY = "ldap";

    public Directory {
        if (member == null || label == null || !("trial".equals(state) || "on".equals(state))) {
            throw new IllegalArgumentException("A directory needs member, label and state trial or on");
        }
        domains = domains == null ? List.of() : List.copyOf(domains);
        target = target == null ? "" : target;
    }

    /** What its word is worth for somebody now: naming another server later makes it another directory. */
    public Vouching vouching(UserModel user) {
        return Vouching.of(user, member, KEPT_BY + " " + target);
    }

    public boolean inService() {
        return state.equals("on");
    }

    /** Whether a link that names a source means this directory. */
    public boolean named(@Nullable String hint) {
        return (ALIAS + member).equals(hint);
    }

    boolean covers(String address) {
        return domains.contains(address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    /** The capacity in which somebody is in this directory under this address; null when they are not. */
    public @Nullable Capacity holding(@Nullable UserModel user, @Nullable String address) {
        if (user == null || address == null) {
            return null;
        }
        return Capacities.of(user).stream()
                .filter(capacity -> capacity.member().equals(member)
                        && KEPT_BY.equals(capacity.keptBy())
                        && address.equalsIgnoreCase(capacity.address()))
                .findFirst()
                .orElse(null);
    }
}
