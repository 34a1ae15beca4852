package org.entente.sources.ldap;

import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.imports.SourceImports;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reads a member's directory into a dry run. A person applies it; at night it is applied by itself, as long as nothing in it needs a human. A directory that
 * does not answer, or shows far fewer people than the last time, makes nobody leave.
 */
@Component
class LdapReadings {

    /** Who acts when nobody pressed a button. */
    static final Author JOB = Author.system("ldap");

    private static final Logger log = LoggerFactory.getLogger(LdapReadings.class);

    /** Below this many people, halving is an ordinary day. */
    private static final int FEW = 10;

    /** What a reading brought. */
    record Reading(SourceImports.Run run, int entries) {}

    private final LdapBook book;
    private final LdapOutcomes outcomes;
    private final LdapPeople people;
    private final SourceImports imports;
    private final LdapTries tries;

    LdapReadings(LdapBook book, LdapOutcomes outcomes, LdapPeople people, SourceImports imports, LdapTries tries) {
        this.book = book;
        this.outcomes = outcomes;
        this.people = people;
        this.imports = imports;
        this.tries = tries;
    }

    /** Reads now; what becomes of it is for a person to say. */
    Reading byHand(MemberId member, Author author) {
        try {
            Reading reading = read(member, author);
            outcomes.readWell(member, "read", reading.entries(), reading.run().id());
            return reading;
        } catch (Refusal refusal) {
            if (book.find(member).isPresent()) {
                outcomes.failed(member, refusal);
            }
            throw refusal;
        }
    }

    @Scheduled(
            initialDelayString = "${entente.sources.ldap.every:1m}",
            fixedDelayString = "${entente.sources.ldap.every:1m}")
    @SchedulerLock(name = "sources-ldap", lockAtMostFor = "PT2H")
    public void nightly() {
        tries.forgetOld();
        for (MemberId member : book.due()) {
            try {
                atNight(member);
            } catch (RuntimeException e) {
                log.error("The directory of member {} was not read", member, e);
                told(member, Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.failed"));
            }
        }
    }

    void atNight(MemberId member) {
        LdapBook.Kept before = book.get(member);
        boolean waitedAlready = before.last().state().equals("waiting")
                && open(member, before.last().run());
        Reading reading;
        try {
            reading = read(member, JOB);
        } catch (Refusal refusal) {
            told(member, refusal);
            return;
        }
        SourceImports.Run run = reading.run();
        if (run.changesNothing()) {
            imports.forget(member, run.id());
            outcomes.readWell(member, "unchanged", reading.entries(), null);
            return;
        }
        try {
            SourceImports.Run applied = imports.apply(member, run.id(), JOB);
            if (applied.state().equals("applied")) {
                outcomes.readWell(member, "applied", reading.entries(), run.id());
                return;
            }
            throw Refusal.conflict("ldap.not_applied");
        } catch (Refusal needsAHuman) {
            outcomes.waits(member, reading.entries(), run.id(), needsAHuman);
            if (!waitedAlready) {
                book.tell(
                        "ldap.waiting",
                        member,
                        run.id().toString(),
                        before.settings().host());
            }
        }
    }

    private Reading read(MemberId member, Author author) {
        LdapBook.Kept kept = book.get(member);
        LdapSettings settings = kept.settings();
        List<LdapPeople.Person> found = people.read(settings, book.password(member, settings, null));
        Integer last = kept.last().entries();
        if (last != null && last >= FEW && found.size() * 2 < last) {
            throw Refusal.conflict("ldap.shrunk", found.size(), last);
        }
        return new Reading(imports.take(member, "ldap", settings.host(), people.said(found), author), found.size());
    }

    /** Told once, not every night, as long as it is the same trouble. */
    private void told(MemberId member, Refusal why) {
        LdapBook.Kept before = book.get(member);
        boolean known = before.last().state().equals("failed")
                && why.code().equals(before.last().error());
        outcomes.failed(member, why);
        if (!known) {
            book.tell(
                    "ldap.failed",
                    member,
                    before.settings().url(),
                    before.settings().host());
        }
    }

    private boolean open(MemberId member, @Nullable UUID run) {
        try {
            return run != null && imports.run(member, run).state().equals("analysed");
        } catch (Refusal gone) {
            return false;
        }
    }
}
