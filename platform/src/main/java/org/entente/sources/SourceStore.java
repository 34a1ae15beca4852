package org.entente.sources;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code sources.identity_source}. */
@Component
class SourceStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    SourceStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    List<IdentitySource> of(MemberId member) {
        return jdbc.sql("SELECT * FROM sources.identity_source WHERE member = ? ORDER BY made_at, id")
                .param(member.value())
                .query(this::source)
                .list();
    }

    List<IdentitySource> described() {
        return jdbc.sql("SELECT * FROM sources.identity_source WHERE settings IS NOT NULL ORDER BY made_at, id")
                .query(this::source)
                .list();
    }

    Optional<IdentitySource> find(MemberId member, UUID id) {
        return jdbc.sql("SELECT * FROM sources.identity_source WHERE member = ? AND id = ?")
                .params(member.value(), id)
                .query(this::source)
                .optional();
    }

    /** As it is now, held against changes until the transaction ends. */
    Optional<IdentitySource> hold(UUID id) {
        return jdbc.sql("SELECT * FROM sources.identity_source WHERE id = ? FOR UPDATE")
                .param(id)
                .query(this::source)
                .optional();
    }

    UUID make(MemberId member, IdentitySource.Kind kind, String label) {
        try {
            return jdbc.sql("""
                    INSERT INTO sources.identity_source (member, kind, label, made_at, changed_at) VALUES (?, ?, ?, ?, ?) RETURNING id
                    """)
                    .params(
                            member.value(),
                            kind.name().toLowerCase(Locale.ROOT),
                            label,
                            OffsetDateTime.now(clock),
                            OffsetDateTime.now(clock))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("source.taken", label);
        }
    }

    /** Refuses when somebody else changed it since {@code source} was read. */
    void change(IdentitySource source) {
        Object settings = source.oidc() != null ? source.oidc() : source.saml();
        int changed;
        try {
            changed = jdbc.sql("""
                    UPDATE sources.identity_source SET label = :label, state = :state, domains = :domains, passwords_too = :passwords,
                        trusts_addresses = :addresses, trusts_factors = :factors, signs_out_there = :out, settings = :settings::jsonb, secret = :secret,
                        changed_at = :now, version = version + 1
                    WHERE id = :id AND member = :member AND version = :version
                    """)
                    .param("label", source.label())
                    .param("state", source.state().word())
                    .param("domains", source.domains().toArray(String[]::new))
                    .param("passwords", source.passwordsToo())
                    .param("addresses", source.trustsAddresses())
                    .param("factors", source.trustsFactors())
                    .param("out", source.signsOutThere())
                    .param("settings", settings == null ? null : json.writeValueAsString(settings))
                    .param("secret", source.secret())
                    .param("now", OffsetDateTime.now(clock))
                    .param("id", source.id())
                    .param("member", source.member().value())
                    .param("version", source.version())
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("source.taken", source.label());
        }
        if (changed == 0) {
            throw Refusal.conflict("changed.meanwhile");
        }
    }

    void remove(IdentitySource source) {
        jdbc.sql("DELETE FROM sources.identity_source WHERE id = ? AND member = ?")
                .params(source.id(), source.member().value())
                .update();
    }

    /** The mail domains that are proved to be the member's. */
    List<String> domains(MemberId member) {
        return jdbc.sql("""
                SELECT domain FROM directory.v_mail_domain WHERE member = ? AND verified_at IS NOT NULL ORDER BY domain
                """).param(member.value()).query(String.class).list();
    }

    private IdentitySource source(ResultSet row, int number) throws SQLException {
        IdentitySource.Kind kind =
                IdentitySource.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
        String settings = row.getString("settings");
        return new IdentitySource(
                row.getObject("id", UUID.class),
                new MemberId(row.getObject("member", UUID.class)),
                kind,
                row.getString("label"),
                IdentitySource.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Arrays.asList((String[]) row.getArray("domains").getArray()),
                row.getBoolean("passwords_too"),
                row.getBoolean("trusts_addresses"),
                row.getBoolean("trusts_factors"),
                row.getBoolean("signs_out_there"),
                kind == IdentitySource.Kind.OIDC ? oidc(settings) : null,
                kind == IdentitySource.Kind.SAML ? saml(settings) : null,
                row.getBytes("secret"),
                row.getInt("version"));
    }

    private IdentitySource.@Nullable Oidc oidc(@Nullable String settings) {
        return settings == null ? null : json.readValue(settings, IdentitySource.Oidc.class);
    }

    private @Nullable Map<String, String> saml(@Nullable String settings) {
        return settings == null ? null : json.readValue(settings, new TypeReference<Map<String, String>>() {});
    }
}
