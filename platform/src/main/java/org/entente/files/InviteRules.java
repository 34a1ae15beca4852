package org.entente.files;

import java.util.Map;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether a member's people may invite outside partners, and for how long at most. */
@Component
class InviteRules {

    private static final int MOST_DAYS = 3650;

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final int usualDays;

    InviteRules(JdbcClient jdbc, Ledger ledger, @Value("${entente.files.invitation-days:180}") int usualDays) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.usualDays = usualDays;
    }

    /** @param days that an invitation lasts at most, from the day on which it is made */
    record Rule(boolean allowed, int days) {}

    Rule of(MemberId member) {
        return jdbc.sql("SELECT allowed, days FROM files.invite_rule WHERE member = ?")
                .param(member.value())
                .query(Rule.class)
                .optional()
                .orElseGet(() -> new Rule(true, usualDays));
    }

    /** For invitations from now on: those that were made stay until their day. */
    @Transactional
    public void say(MemberId member, Rule rule, Actor actor) {
        if (rule.days() < 1 || rule.days() > MOST_DAYS) {
            throw Refusal.invalidField("days", "file.invite.days", MOST_DAYS);
        }
        Rule before = of(member);
        jdbc.sql("""
                        INSERT INTO files.invite_rule (member, allowed, days) VALUES (?, ?, ?)
                        ON CONFLICT (member) DO UPDATE SET allowed = EXCLUDED.allowed, days = EXCLUDED.days""").params(member.value(), rule.allowed(), rule.days()).update();
        ledger.record(new Entry(
                actor.author(),
                "file-invitation.ruled",
                member.value(),
                "member",
                member.toString(),
                "",
                Map.of("allowed", before.allowed(), "days", before.days()),
                Map.of("allowed", rule.allowed(), "days", rule.days())));
    }
}
