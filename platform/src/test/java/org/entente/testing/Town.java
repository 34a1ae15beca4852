package org.entente.testing;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationsChanged;
import org.entente.directory.ChangeSetId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Members and people for tests of the rooms above the directory: rows, and the event that goes with them. */
@TestComponent
public class Town {

    private static final AtomicInteger number = new AtomicInteger();

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;

    public Town(JdbcClient jdbc, ApplicationEventPublisher events, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.events = events;
        this.transaction = transaction;
    }

    public MemberId member(String name) {
        UUID id = jdbc.sql("INSERT INTO directory.member (kind, name) VALUES ('commune', ?) RETURNING id")
                .param(name)
                .query(UUID.class)
                .single();
        jdbc.sql("INSERT INTO directory.mail_domain (domain, member, verified_at) VALUES (?, ?, now())")
                .param(domain(new MemberId(id)))
                .param(id)
                .update();
        return new MemberId(id);
    }

    public UnitId unit(MemberId member, String name, @Nullable UnitId parent) {
        return new UnitId(jdbc.sql("INSERT INTO directory.unit (member, parent, name) VALUES (?, ?, ?) RETURNING id")
                .param(member.value())
                .param(parent == null ? null : parent.value())
                .param(name)
                .query(UUID.class)
                .single());
    }

    public PersonId person(String givenName, String usualName) {
        return new PersonId(jdbc.sql("INSERT INTO directory.person (given_name, usual_name) VALUES (?, ?) RETURNING id")
                .param(givenName)
                .param(usualName)
                .query(UUID.class)
                .single());
    }

    /** A current affiliation, with everything that follows from it in the same transaction. */
    public AffiliationId joins(PersonId person, MemberId member, String kind, @Nullable UnitId unit, String... groups) {
        return transaction.execute(status -> {
            UUID id = jdbc.sql("""
                            INSERT INTO directory.affiliation (person, member, kind, function, unit, address, valid_from, phase, groups)
                            VALUES (?, ?, ?, 'Chargée de mission', ?, ?, now() - interval '1 day', 'current', ?::text[]) RETURNING id""")
                    .param(person.value())
                    .param(member.value())
                    .param(kind)
                    .param(unit == null ? null : unit.value())
                    .param("p" + number.incrementAndGet() + "@" + domain(member))
                    .param(groups)
                    .query(UUID.class)
                    .single();
            tell(id, "started", "manual");
            return new AffiliationId(id);
        });
    }

    /** Ends an affiliation now, as the directory does. */
    public void ends(AffiliationId affiliation, String cause) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            "UPDATE directory.affiliation SET phase = 'ended', valid_until = now(), end_reason = 'essai' WHERE id = ?")
                    .param(affiliation.value())
                    .update();
            tell(affiliation.value(), "ended", cause);
        });
    }

    public void renames(AffiliationId affiliation, String function) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE directory.affiliation SET function = ? WHERE id = ?")
                    .param(function)
                    .param(affiliation.value())
                    .update();
            tell(affiliation.value(), "changed", "manual");
        });
    }

    private static String domain(MemberId member) {
        return "m" + member.toString() + ".example";
    }

    private void tell(UUID affiliation, String what, String cause) {
        UUID set = jdbc.sql(
                        "INSERT INTO directory.change_set (cause, author) VALUES (?, '{\"name\": \"essai\"}') RETURNING id")
                .param(cause)
                .query(UUID.class)
                .single();
        jdbc.sql("INSERT INTO directory.change VALUES (?, ?, ?)")
                .param(set)
                .param(affiliation)
                .param(what)
                .update();
        events.publishEvent(new AffiliationsChanged(new ChangeSetId(set), 1));
    }
}
