package org.entente.sources.proconnect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.entente.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The row of {@code sources.proconnect}. */
@Component
class ProConnectSourceStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    ProConnectSourceStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    ProConnectSource get() {
        return jdbc.sql("SELECT * FROM sources.proconnect").query(this::link).single();
    }

    /** As it is now, held against changes until the transaction ends. */
    ProConnectSource hold() {
        return jdbc.sql("SELECT * FROM sources.proconnect FOR UPDATE")
                .query(this::link)
                .single();
    }

    /** Refuses when somebody else changed it since {@code link} was read. */
    void change(ProConnectSource link) {
        ProConnectSource.Settings settings = link.settings();
        int changed = jdbc.sql("""
                UPDATE sources.proconnect SET state = :state, trusts_factors = :factors, settings = :settings::jsonb, secret = :secret,
                    changed_at = :now, version = version + 1 WHERE version = :version
                """)
                .param("state", link.state().word())
                .param("factors", link.trustsFactors())
                .param("settings", settings == null ? null : json.writeValueAsString(settings))
                .param("secret", link.secret())
                .param("now", OffsetDateTime.now(clock))
                .param("version", link.version())
                .update();
        if (changed == 0) {
            throw Refusal.conflict("changed.meanwhile");
        }
    }

    /** Another client of ProConnect is told other names of people. */
    void forgetAccounts() {
        jdbc.sql("DELETE FROM sources.proconnect_account").update();
    }

    long accounts() {
        return jdbc.sql("SELECT count(*) FROM sources.proconnect_account")
                .query(Long.class)
                .single();
    }

    private ProConnectSource link(ResultSet row, int number) throws SQLException {
        String settings = row.getString("settings");
        return new ProConnectSource(
                ProConnectSource.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("trusts_factors"),
                settings == null ? null : json.readValue(settings, ProConnectSource.Settings.class),
                row.getBytes("secret"),
                row.getInt("version"));
    }
}
