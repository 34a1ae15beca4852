package org.entente.directory;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The mail domains of a member: declared, then proved by a TXT record, then usable for addresses. */
@Component
class DomainKeeper {

    /** The name below the domain where the proof is published. */
    static final String PLACE = "_entente.";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final DnsTxt dns;
    private final Trace trace;
    private final ApplicationEventPublisher events;

    DomainKeeper(JdbcClient jdbc, Clock clock, DnsTxt dns, Trace trace, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.dns = dns;
        this.trace = trace;
        this.events = events;
    }

    List<MemberDetail.Domain> of(MemberId member) {
        return jdbc.sql("SELECT * FROM directory.mail_domain WHERE member = ? ORDER BY domain")
                .param(member.value())
                .query((row, number) -> new MemberDetail.Domain(
                        row.getString("domain"), row.getString("token"), Rows.instant(row, "verified_at")))
                .list();
    }

    MemberDetail.Domain one(MemberId member, String domain) {
        return of(member).stream()
                .filter(d -> d.domain().equals(domain))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("unknown"));
    }

    @Transactional
    public void verify(MemberId member, String domain, Author author) {
        MemberDetail.Domain known = one(member, domain);
        if (known.verifiedAt() != null) {
            return;
        }
        if (!dns.of(PLACE + domain).contains(known.token())) {
            throw Refusal.conflict("domain.unproved", PLACE + domain, known.token());
        }
        jdbc.sql("UPDATE directory.mail_domain SET verified_at = ? WHERE domain = ? AND member = ?")
                .params(clock.instant().atOffset(java.time.ZoneOffset.UTC), domain, member.value())
                .update();
        trace.other("domain.verified", member, "domain", domain, domain, author, Map.of(), Map.of());
        events.publishEvent(new MailDomainsChanged(member));
    }

    /** A domain in use stays: its addresses would be nobody's. */
    @Transactional
    public void remove(MemberId member, String domain, Author author) {
        one(member, domain);
        int used = jdbc.sql("""
                SELECT count(*) FROM directory.affiliation WHERE member = ? AND phase <> 'ended' AND split_part(address, '@', 2) = ?""")
                .params(member.value(), domain)
                .query(Integer.class)
                .single();
        if (used > 0) {
            throw Refusal.conflict("domain.used", used);
        }
        jdbc.sql("DELETE FROM directory.mail_domain WHERE domain = ? AND member = ?")
                .params(domain, member.value())
                .update();
        trace.other("domain.removed", member, "domain", domain, domain, author, Map.of(), Map.of());
        events.publishEvent(new MailDomainsChanged(member));
    }
}
