package org.entente.directory;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.entente.base.Refusal;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the tables keep true, said as refusals a person understands. */
@Component
class AffiliationRules {

    private final JdbcClient jdbc;

    AffiliationRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs a write; a constraint that stops it becomes the refusal it stands for. */
    static <T> T guarded(Supplier<T> write) {
        try {
            return write.get();
        } catch (DataIntegrityViolationException e) {
            String text = String.valueOf(e.getMostSpecificCause().getMessage());
            if (text.contains("address_is_one_persons")) {
                throw Refusal.conflict("address.taken");
            }
            if (text.contains("affiliation_member_source_reference_idx")) {
                throw Refusal.conflict("reference.taken");
            }
            if (text.contains("affiliation_member_unit_fkey") || text.contains("unit_member_parent_fkey")) {
                throw Refusal.invalidField("unit", "unit.unknown");
            }
            if (text.contains("affiliation_person_fkey")) {
                throw Refusal.notFound("person.unknown");
            }
            if (text.contains("_member_fkey")) {
                throw Refusal.notFound("member.unknown");
            }
            if (text.contains("member_siren_key")) {
                throw Refusal.conflict("siren.taken");
            }
            if (text.contains("unit_member_code_idx")) {
                throw Refusal.conflict("unit.code.taken");
            }
            throw e;
        }
    }

    /**
     * A professional address is in a verified domain of the member, or one that the same person holds at the member whose domain
     * it is. A partner's may be anywhere else, but not in a domain that is another member's.
     */
    void addressesFit(Collection<UUID> affiliations) {
        List<String> wrong =
                jdbc.sql("""
                SELECT a.address FROM directory.affiliation a
                WHERE a.id = ANY(?::uuid[]) AND a.address IS NOT NULL AND a.phase <> 'ended'
                  AND NOT EXISTS (SELECT FROM directory.mail_domain d WHERE d.member = a.member AND d.verified_at IS NOT NULL
                                  AND d.domain = split_part(a.address, '@', 2))
                  AND NOT EXISTS (SELECT FROM directory.affiliation b JOIN directory.mail_domain d ON d.member = b.member
                                  WHERE b.person = a.person AND b.address = a.address AND b.id <> a.id AND d.verified_at IS NOT NULL
                                  AND d.domain = split_part(a.address, '@', 2))
                  AND NOT (a.kind = 'partner' AND NOT EXISTS (SELECT FROM directory.mail_domain d
                           WHERE d.verified_at IS NOT NULL AND d.domain = split_part(a.address, '@', 2)))
                LIMIT 1""").param(Rows.ids(affiliations)).query(String.class).list();
        if (!wrong.isEmpty()) {
            String address = wrong.getFirst();
            throw Refusal.invalidField("address", "address.domain", address.substring(address.indexOf('@') + 1));
        }
    }
}
