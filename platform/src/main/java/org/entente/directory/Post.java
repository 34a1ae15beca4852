package org.entente.directory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What an affiliation says and may change: the post or mandate, where, how to reach its holder, and for how long.
 *
 * @param unit a unit of the same member
 * @param address the professional mail address, kept in lower case
 * @param weeklyShare percent of a full week
 * @param until exclusive; null means without an end
 * @param reference the source's own key, such as the matricule
 */
public record Post(
        String function,
        @Nullable UnitId unit,
        @Nullable String address,
        @Nullable String phone,
        @Nullable Integer weeklyShare,
        Instant from,
        @Nullable Instant until,
        @Nullable String reference,
        List<String> groups) {

    public Post {
        function = Checks.text("function", function, 200);
        String written = Checks.optional("address", address, 254);
        address = written == null ? null : Checks.address(written.toLowerCase(Locale.ROOT));
        phone = Checks.phone(phone);
        if (weeklyShare != null && (weeklyShare < 1 || weeklyShare > 100)) {
            throw Refusal.invalidField("weeklyShare", "share.invalid", weeklyShare);
        }
        Checks.period(from, until);
        reference = Checks.optional("reference", reference, 60);
        groups = groups.stream()
                .map(g -> Checks.text("groups", g, 60))
                .distinct()
                .toList();
    }

    /** A post without more than its function and its period. */
    public static Post of(String function, Instant from, @Nullable Instant until) {
        return new Post(function, null, null, null, null, from, until, null, List.of());
    }
}
