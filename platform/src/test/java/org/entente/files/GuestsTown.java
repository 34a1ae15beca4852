package org.entente.files;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.SignInAccounts;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A space of somebody who invites outside partners to it, and a sign-in service that only remembers to whom it wrote. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class, GuestsTown.Mailing.class})
abstract class GuestsTown {

    @Autowired
    Files files;

    @Autowired
    FileSharing sharing;

    @Autowired
    Inviting inviting;

    @Autowired
    Invitations invitations;

    @Autowired
    InviteRules rules;

    @Autowired
    InvitationMails mails;

    @Autowired
    Forgetting forgetting;

    @Autowired
    Activity activity;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    org.springframework.context.ApplicationContext context;

    @Autowired
    Mailing mailing;

    MemberId givors;
    Visitor anne;
    Visitor luc;
    FileSpace space;
    FileNode file;

    @BeforeEach
    void aSpaceOfAnnes() throws IOException {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        luc = town.agent(givors, "Luc", null);
        space = sharing.open(anne, "Projet");
        file = town.write(anne, space.root(), "a.txt", "abc");
    }

    static String somebody() {
        return "x" + UUID.randomUUID().toString().substring(0, 12) + "@bureau.example";
    }

    static Instant days(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
    }

    static Inviting.Wanted wanted(String address, Instant until) {
        return new Inviting.Wanted(
                address, "Paul", "Martin", "Bureau d’études", "Plans de la halle", SpaceRole.EDIT, until);
    }

    Invited invite(String address) {
        return inviting.invite(anne, space.id(), wanted(address, days(30)));
    }

    /** Whoever the invitation is to, as they come. */
    Visitor guest(Invited invited) {
        UUID capacity = jdbc.sql("SELECT capacity FROM files.invitation WHERE id = ?")
                .param(invited.id())
                .query(UUID.class)
                .single();
        record Who(UUID person, UUID member) {}
        Who who = jdbc.sql("SELECT person, member FROM directory.v_affiliation WHERE id = ?")
                .param(capacity)
                .query(Who.class)
                .single();
        return new Visitor(
                new PersonId(who.person()),
                new AffiliationId(capacity),
                new MemberId(who.member()),
                "Paul Martin",
                null,
                Set.of());
    }

    boolean live(Visitor visitor) {
        return jdbc.sql("SELECT live FROM directory.v_affiliation WHERE id = ?")
                .param(visitor.capacity().value())
                .query(Boolean.class)
                .single();
    }

    void share(Visitor with, SpaceRole role) {
        sharing.share(
                anne,
                space.root(),
                new Grantee(Grantee.Kind.CAPACITY, with.capacity().value(), null),
                role,
                null);
    }

    /** A sign-in service that only remembers to whom it wrote, and does not know everybody yet. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Mailing {

        final List<PersonId> sent = new java.util.concurrent.CopyOnWriteArrayList<>();
        final Set<PersonId> away = java.util.concurrent.ConcurrentHashMap.newKeySet();

        @Bean
        @Primary
        SignInAccounts mailingOnly() {
            return (SignInAccounts) java.lang.reflect.Proxy.newProxyInstance(
                    SignInAccounts.class.getClassLoader(),
                    new Class<?>[] {SignInAccounts.class},
                    (proxy, method, args) -> {
                        if (!method.getName().equals("mailFirstSignInLink")) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        if (away.contains(args[0])) {
                            throw org.entente.base.Refusal.notFound("signin.person");
                        }
                        sent.add((PersonId) args[0]);
                        return null;
                    });
        }
    }
}
