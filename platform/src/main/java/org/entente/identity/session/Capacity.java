package org.entente.identity.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.directory.Role;
import org.jspecify.annotations.Nullable;

/** A live affiliation as its person may choose it: "au titre de". */
record Capacity(
        UUID id,
        MemberRef member,
        String kind,
        String function,
        @Nullable UnitRef unit,
        @Nullable String address,
        Instant from,
        @Nullable Instant until,
        List<Role> roles) {

    record MemberRef(UUID id, String name, @Nullable String siren, String colour) {}

    record UnitRef(UUID id, String name, String fullName) {}
}
