package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.Actor;
import org.entente.directory.Role;
import org.junit.jupiter.api.Test;

/** Who may invite whom to a space, and what whoever invites learns of others: nothing. */
class InvitationRulesTest extends GuestsTown {

    @Test
    void whoeverInvitesIsAnsweredTheSameWhetherOrNotTheAddressIsSomebodysAlready() {
        Visitor zoe = town.partner(town.member("Corbas"), "Zoé");
        String known = somebody();
        String planned = somebody();
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params(known, zoe.capacity().value())
                .update();
        Visitor later = town.partner(town.member("Mornant"), "Ines");
        jdbc.sql(
                        "UPDATE directory.affiliation SET address = ?, valid_from = now() + interval '3 days', phase = 'planned' WHERE id = ?")
                .params(planned, later.capacity().value())
                .update();

        List<Invited> answers = new ArrayList<>();
        for (String address : List.of(somebody(), known, planned)) {
            answers.add(invite(address));
        }

        assertThat(answers).allSatisfy(one -> {
            assertThat(one.givenName() + " " + one.usualName()).isEqualTo("Paul Martin");
            assertThat(one.inForce()).isTrue();
        });
        assertThat(sharing.access(anne, space.root()))
                .filteredOn(one -> !one.ofTheSpace())
                .hasSize(3)
                .allSatisfy(one -> {
                    assertThat(one.name()).isEqualTo("Paul Martin");
                    assertThat(one.detail()).isEqualTo("Bureau d’études");
                    assertThat(one.inForce()).isTrue();
                });
        assertThat(activity.of(anne, space.root(), null, 50))
                .filteredOn(one -> one.what() == Act.INVITED)
                .hasSize(3)
                .allMatch(one -> one.to() == null);
        assertThat(files.node(zoe, file.id()).role()).isEqualTo(SpaceRole.EDIT);
        assertThat(guest(answers.get(1)).capacity()).isEqualTo(zoe.capacity());

        answers.forEach(one -> inviting.end(anne, space.id(), one.id()));
        assertThat(live(zoe)).as("another member's partner stays so").isTrue();
        assertRefused(() -> files.node(zoe, file.id()), "file.unknown");
    }

    @Test
    void addressesOfMembersAreRefusedWhetherOrNotAnybodyHasThem() {
        String theirs = jdbc.sql("SELECT address FROM directory.v_affiliation WHERE id = ?")
                .param(town.agent(town.member("Corbas"), "Zoé", null).capacity().value())
                .query(String.class)
                .single();

        assertRefused(() -> invite(theirs), "file.invite.member-domain");
        assertRefused(() -> invite("personne" + theirs.substring(theirs.indexOf('@'))), "file.invite.member-domain");
    }

    @Test
    void onlyWhoManagesASpaceOfSeveralInvites() {
        String address = somebody();
        assertRefused(() -> inviting.invite(luc, space.id(), wanted(address, days(3))), "file.unknown");
        assertRefused(() -> inviting.of(luc, space.id()), "file.unknown");
        share(luc, SpaceRole.EDIT);
        assertRefused(() -> inviting.invite(luc, space.id(), wanted(address, days(3))), "file.not-manager");
        assertRefused(() -> inviting.of(luc, space.id()), "file.not-manager");
        Visitor partner = town.partner(givors, "Paul");
        share(partner, SpaceRole.MANAGE);
        assertRefused(() -> inviting.invite(partner, space.id(), wanted(address, days(3))), "file.invite.partner");
        SpaceId mine = town.space(anne, FileSpace.Kind.MINE).id();
        assertRefused(() -> inviting.invite(anne, mine, wanted(address, days(3))), "file.invite.kind");

        Invited invited = invite(address);
        assertRefused(() -> inviting.end(luc, space.id(), invited.id()), "file.not-manager");
        FileSpace lucs = sharing.open(luc, "De Luc");
        assertRefused(() -> inviting.end(luc, lucs.id(), invited.id()), "file.invite.unknown");
        assertRefused(() -> inviting.end(anne.author(), town.member("Corbas"), invited.id()), "file.invite.unknown");
        assertRefused(() -> invite(address), "file.invite.there");
        UUID share = sharing.access(anne, space.root()).stream()
                .filter(one -> one.name().equals("Paul Martin"))
                .findFirst()
                .orElseThrow()
                .share();
        assertRefused(() -> sharing.end(anne, space.root(), share), "file.share.invited");
    }

    @Test
    void theMemberSaysWhetherAndForHowLong() {
        assertThat(rules.of(givors)).isEqualTo(new InviteRules.Rule(true, 180));
        for (Instant wrong : new Instant[] {null, Instant.now().minusSeconds(1), days(182)}) {
            assertRefused(
                    () -> inviting.invite(
                            anne,
                            space.id(),
                            new Inviting.Wanted(somebody(), "P", "M", "B", "R", SpaceRole.READ, wrong)),
                    "file.invite.until");
        }
        Actor admin = new Actor(anne.person(), "Anne", anne.capacity(), givors, false, Set.of(Role.MEMBER_ADMIN), null);
        rules.say(givors, new InviteRules.Rule(true, 5), admin);
        assertRefused(() -> inviting.invite(anne, space.id(), wanted(somebody(), days(7))), "file.invite.until");
        rules.say(givors, new InviteRules.Rule(false, 5), admin);
        assertRefused(() -> inviting.invite(anne, space.id(), wanted(somebody(), days(3))), "file.invite.not-allowed");
        assertRefused(() -> rules.say(givors, new InviteRules.Rule(true, 0), admin), "file.invite.days");
    }

    @Test
    void anAddressIsNotWrittenToAgainAndAgainByTakingInvitationsBack() {
        String address = somebody();
        FileSpace lucs = sharing.open(luc, "De Luc");
        for (int i = 0; i < 3; i++) {
            inviting.end(anne, space.id(), invite(address).id());
        }

        assertRefused(() -> invite(address), "file.invite.many");
        assertRefused(() -> inviting.invite(luc, lucs.id(), wanted(address, days(3))), "file.invite.many");
        jdbc.sql("UPDATE files.invitation SET made_at = made_at - interval '7 days' WHERE address = ?")
                .param(address)
                .update();
        assertThat(invite(address).inForce()).isTrue();
    }

    @Test
    void nobodyInvitesMoreThanFiftyInADayWhateverTheSpaces() {
        for (int i = 0; i < 5; i++) {
            inviting.end(anne, space.id(), invite(somebody()).id());
        }
        jdbc.sql("""
                        INSERT INTO files.invitation (space, member, address, given_name, usual_name, organisation, reason, role, capacity, made, by, made_at, until, ended_at)
                        SELECT space, member, 'n' || i || address, given_name, usual_name, organisation, reason, role, capacity, made, by, made_at, until, ended_at
                        FROM (SELECT * FROM files.invitation WHERE by = :by LIMIT 1) one, generate_series(1, 45) i""").param("by", anne.capacity().value()).update();
        FileSpace other = sharing.open(anne, "Autre");

        assertRefused(() -> inviting.invite(anne, other.id(), wanted(somebody(), days(3))), "file.invite.many");
        jdbc.sql(
                        "UPDATE files.invitation SET made_at = made_at - interval '1 day' WHERE id = (SELECT id FROM files.invitation WHERE by = ? LIMIT 1)")
                .param(anne.capacity().value())
                .update();
        assertThat(inviting.invite(anne, other.id(), wanted(somebody(), days(3)))
                        .inForce())
                .isTrue();
        assertRefused(() -> inviting.invite(anne, other.id(), wanted(somebody(), days(3))), "file.invite.many");
    }

    @Test
    void aMemberThatHasNotOpenedFilesToPartnersInvitesNone() {
        jdbc.sql(
                        "UPDATE access.population SET kinds = '{agent}' WHERE subscription IN (SELECT id FROM access.subscription WHERE member = ?)")
                .param(givors.value())
                .update();
        assertRefused(() -> invite(somebody()), "file.invite.no-files");
    }

    @Test
    void hostileWordsAreRefusedOrPlain() {
        for (String address :
                List.of("", "x", "a@b", "a@bureau.example\r\nBcc: b@bureau.example", "a b@bureau.example")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                            org.entente.base.Refusal.class, () -> invite(address)))
                    .as(address)
                    .isNotNull();
        }
        for (String name : new String[] {null, " ", "a\u0000b", "x".repeat(201), "\u202Efdp"}) {
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                            org.entente.base.Refusal.class,
                            () -> inviting.invite(
                                    anne,
                                    space.id(),
                                    new Inviting.Wanted(somebody(), name, "M", "B", "R", null, days(3)))))
                    .as(String.valueOf(name))
                    .isNotNull();
        }
        assertRefused(
                () -> inviting.invite(
                        anne,
                        space.id(),
                        new Inviting.Wanted(somebody(), "P", "M", "B", "R", SpaceRole.MANAGE, days(3))),
                "file.invite.role");
        assertThat(jdbc.sql("SELECT count(*) FROM files.invitation WHERE space = ?")
                        .param(space.id().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
