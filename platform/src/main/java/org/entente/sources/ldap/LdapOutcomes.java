package org.entente.sources.ldap;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How readings of a member's directory ended, and what kept its people from signing in: for its admins to see. */
@Component
class LdapOutcomes {

    private final JdbcClient jdbc;
    private final Clock clock;

    LdapOutcomes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What keeps people from signing in, for the member's admins to see. */
    void trouble(MemberId member, Refusal why) {
        jdbc.sql("UPDATE sources.ldap SET trouble = ?, trouble_args = ?, trouble_at = ? WHERE member = ?")
                .params(
                        why.code(),
                        why.args().stream().map(String::valueOf).toArray(String[]::new),
                        OffsetDateTime.now(clock),
                        member.value())
                .update();
    }

    void readWell(MemberId member, String state, int entries, @Nullable UUID run) {
        jdbc.sql("""
                UPDATE sources.ldap SET state = ?, read_at = ?, entries = ?, last_import = ?, error = NULL, error_args = '{}' WHERE member = ?
                """)
                .params(Arrays.asList(state, OffsetDateTime.now(clock), entries, run, member.value()))
                .update();
    }

    void waits(MemberId member, int entries, UUID run, Refusal why) {
        readWell(member, "waiting", entries, run);
        noted(member, "waiting", why);
    }

    void failed(MemberId member, Refusal why) {
        noted(member, "failed", why);
    }

    private void noted(MemberId member, String state, Refusal why) {
        jdbc.sql("UPDATE sources.ldap SET state = ?, read_at = ?, error = ?, error_args = ? WHERE member = ?")
                .params(
                        state,
                        OffsetDateTime.now(clock),
                        why.code(),
                        why.args().stream().map(String::valueOf).toArray(String[]::new),
                        member.value())
                .update();
    }
}
