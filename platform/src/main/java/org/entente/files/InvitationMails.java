package org.entente.files;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.SignInAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sends those who are invited their way in, to the address by which they are, once their account is there; until it has gone out. */
@Component
class InvitationMails {

    private static final Logger log = LoggerFactory.getLogger(InvitationMails.class);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    /** An account that is not there yet will be in a moment. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final ObjectProvider<SignInAccounts> accounts;
    private final Clock clock;
    private final Duration lifespan;

    InvitationMails(
            JdbcClient jdbc,
            ObjectProvider<SignInAccounts> accounts,
            Clock clock,
            @Value("${entente.files.invitation-link:7d}") Duration lifespan) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.clock = clock;
        this.lifespan = lifespan;
    }

    private record Unsent(UUID id, UUID person, UUID capacity) {}

    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "${entente.files.invitations-every:20s}")
    @SchedulerLock(name = "files-invitations", lockAtMostFor = "PT5M")
    public void send() {
        SignInAccounts door = accounts.getIfAvailable();
        if (door == null) {
            return;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        SELECT i.id, a.person, i.capacity FROM files.invitation i JOIN directory.v_affiliation a ON a.id = i.capacity AND a.live
                        WHERE i.made AND i.mailed_at IS NULL AND i.ended_at IS NULL AND i.until > :now AND (i.mail_tried IS NULL OR i.mail_tried < :again)
                        ORDER BY i.mail_tried NULLS FIRST, i.id LIMIT 50""")
                .param("now", now)
                .param("again", now.minus(AGAIN))
                .query(Unsent.class)
                .list()
                .forEach(one -> send(door, one));
    }

    private void send(SignInAccounts door, Unsent one) {
        try {
            door.mailFirstSignInLink(new PersonId(one.person()), lifespan);
            // One mail for all that they were invited to until now.
            jdbc.sql("UPDATE files.invitation SET mailed_at = ? WHERE capacity = ? AND mailed_at IS NULL")
                    .params(OffsetDateTime.now(clock), one.capacity())
                    .update();
        } catch (Refusal refusal) {
            log.info("The invitation {} is not sent yet: {}", one.id(), refusal.code());
            // Whoever cannot be written to now does not keep the others waiting.
            OffsetDateTime tried = OffsetDateTime.now(clock);
            jdbc.sql("UPDATE files.invitation SET mail_tried = ? WHERE id = ?")
                    .params(
                            refusal.kind() == Refusal.Kind.NOT_FOUND
                                    ? tried.minus(AGAIN).plus(SOON)
                                    : tried,
                            one.id())
                    .update();
        }
    }
}
