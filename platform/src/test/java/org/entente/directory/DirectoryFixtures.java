package org.entente.directory;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.audit.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A clock that tests move, an ear for change sets, and quick ways to make members and people. */
@TestConfiguration(proxyBeanMethods = false)
public class DirectoryFixtures {

    public static final Author TESTER = Author.system("test");
    private static final AtomicInteger counter = new AtomicInteger();

    /** A clock that goes only where it is told. */
    public static final class Hands extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));

        public void moveTo(Instant instant) {
            now.set(instant);
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("Europe/Paris");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    /** Every change set that was told, in order. */
    public static class Ear {
        public final List<ChangeSetId> heard = new ArrayList<>();
        public @Nullable RuntimeException fails;

        @EventListener
        void hear(AffiliationsChanged event) {
            heard.add(event.changeSet());
            if (fails != null) {
                throw fails;
            }
        }
    }

    /** Makes members and people that do not collide with those of other tests. */
    public static class Maker {
        private final Members members;
        private final People people;
        private final Affiliations affiliations;
        private final Hands hands;

        Maker(Members members, People people, Affiliations affiliations, Hands hands) {
            this.members = members;
            this.people = people;
            this.affiliations = affiliations;
            this.hands = hands;
        }

        public MemberId town() {
            int n = counter.incrementAndGet();
            MemberId town = members.add(
                    new Members.NewMember(
                            "Ville " + n,
                            MemberKind.COMMUNE,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            false,
                            LocalDate.of(2026, 1, 1)),
                    TESTER);
            members.addDomain(town, domain(n), true, TESTER);
            return town;
        }

        public String address(MemberId town, String local) {
            return local + "@" + domain(number(town));
        }

        public PersonId person(MemberId town, String given, String usual, @Nullable String born) {
            return people.add(
                    new NewPerson(given, usual, null, born == null ? null : LocalDate.parse(born)), town, TESTER);
        }

        public AffiliationId agent(MemberId town, PersonId person, String function) {
            return start(town, person, Post.of(function, hands.instant().minusSeconds(3600), null));
        }

        public AffiliationId start(MemberId town, PersonId person, Post post) {
            return affiliations.start(new NewAffiliation(person, town, AffiliationKind.AGENT, post, "manual"), TESTER);
        }

        private int number(MemberId town) {
            return Integer.parseInt(members.find(town).orElseThrow().name().substring("Ville ".length()));
        }

        private static String domain(int n) {
            return "ville-" + n + ".example";
        }
    }

    @Bean
    @Primary
    Hands hands() {
        return new Hands();
    }

    @Bean
    Ear ear() {
        return new Ear();
    }

    @Bean
    Maker maker(Members members, People people, Affiliations affiliations, Hands hands) {
        return new Maker(members, people, affiliations, hands);
    }

    /** What a change set holds, as {@code what} words. */
    public static List<String> what(JdbcClient jdbc, ChangeSetId set) {
        return jdbc.sql("SELECT what FROM directory.v_change WHERE change_set = ? ORDER BY 1")
                .param(set.value())
                .query(String.class)
                .list();
    }
}
