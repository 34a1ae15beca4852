package org.entente.sources.proconnect;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What people do here now, and which of it they may enter by ProConnect. */
@Component
class PartnerPosts {

    private final JdbcClient jdbc;

    PartnerPosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One live affiliation.
     *
     * @param siren of the member
     * @param invited the organisation for which the member invited this partner; null when it did not
     * @param open whether it is of the member itself, whose own people may come by ProConnect
     * @param ownDomain whether its address is in a mail domain of the member
     */
    record LivePost(
            UUID affiliation,
            UUID member,
            boolean partner,
            @Nullable String address,
            @Nullable String siren,
            @Nullable String invited,
            boolean open,
            boolean ownDomain) {

        /** Whether ProConnect opens it at all, to whomever. */
        boolean reachable() {
            return invited != null || open;
        }

        /** Whether who works for this establishment enters it. */
        boolean isFor(String siret) {
            return invited != null ? invited.equals(siret) : open && siren != null && siret.startsWith(siren);
        }

        boolean hasAddress(@Nullable String said) {
            return address != null && address.equals(said);
        }

        /** Whether the member itself named this very account. */
        boolean names(String siret, @Nullable String said) {
            return isFor(siret) && hasAddress(said) && (partner || ownDomain);
        }
    }

    List<LivePost> of(UUID person) {
        return jdbc.sql("""
                SELECT a.id, a.member, a.kind = 'partner' AS partner, a.address, m.siren,
                    CASE WHEN a.kind = 'partner' THEN p.siret END AS invited,
                    a.kind <> 'partner' AND o.member IS NOT NULL AS open,
                    EXISTS (SELECT FROM directory.v_mail_domain d WHERE d.member = a.member AND d.verified_at IS NOT NULL
                        AND d.domain = split_part(a.address, '@', 2)) AS own_domain
                FROM directory.v_affiliation a JOIN directory.v_member m ON m.id = a.member
                LEFT JOIN sources.proconnect_partner p ON p.affiliation = a.id
                LEFT JOIN sources.proconnect_member o ON o.member = a.member
                WHERE a.person = ? AND a.live ORDER BY a.id
                """)
                .param(person)
                .query((row, n) -> new LivePost(
                        row.getObject("id", UUID.class),
                        row.getObject("member", UUID.class),
                        row.getBoolean("partner"),
                        row.getString("address"),
                        row.getString("siren"),
                        row.getString("invited"),
                        row.getBoolean("open"),
                        row.getBoolean("own_domain")))
                .list();
    }

    /** Whose address it is now; at any time an address is one person's. */
    Optional<UUID> owner(String address) {
        return jdbc.sql("SELECT DISTINCT person FROM directory.v_affiliation WHERE address = ? AND live")
                .param(address)
                .query(UUID.class)
                .optional();
    }

    /** The member whose establishment it is. */
    Optional<UUID> memberOf(String siret) {
        return jdbc.sql("SELECT id FROM directory.v_member WHERE siren = left(?, 9) AND status <> 'left'")
                .param(siret)
                .query(UUID.class)
                .optional();
    }
}
