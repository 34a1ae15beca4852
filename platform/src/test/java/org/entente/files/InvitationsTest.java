package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Outside partners who are invited to a space: what they see, when it ends, and how they come in. */
class InvitationsTest extends GuestsTown {

    @Test
    void whoIsInvitedIsAPartnerWhoSeesThatSpaceOnlyUntilTheDay() throws IOException {
        Invited invited = invite(somebody());
        Visitor paul = guest(invited);

        assertThat(files.spaces(paul)).extracting(FileSpace::name).containsExactly("Projet");
        assertThat(files.node(paul, file.id()).role()).isEqualTo(SpaceRole.EDIT);
        town.write(paul, space.root(), "plan.txt", "p");
        record Post(String kind, String function, OffsetDateTime until) {}
        assertThat(jdbc.sql("SELECT kind, function, valid_until AS until FROM directory.v_affiliation WHERE id = ?")
                        .param(paul.capacity().value())
                        .query(Post.class)
                        .single())
                .satisfies(post -> {
                    assertThat(post.kind()).isEqualTo("partner");
                    assertThat(post.function()).isEqualTo("Bureau d’études");
                    assertThat(post.until().toInstant()).isEqualTo(invited.until());
                });
        assertRefused(() -> sharing.open(paul, "x"), "file.space.partner");
        assertRefused(() -> files.node(paul, town.home(anne)), "file.unknown");

        jdbc.sql("UPDATE files.share SET until = now() - interval '1 second' WHERE invitation = ?")
                .param(invited.id())
                .update();
        assertRefused(() -> files.node(paul, file.id()), "file.unknown");
    }

    @Test
    void takingTheInvitationBackEndsTheCapacityAndAllThatHangsOnIt() {
        Invited invited = invite(somebody());
        Visitor paul = guest(invited);
        jdbc.sql("""
                        INSERT INTO identity.app_password (person, capacity, label, secret, made_at, doors)
                        VALUES (?, ?, 'Téléphone', sha256('x'), now(), ARRAY['files'])""").params(paul.person().value(), paul.capacity().value()).update();

        inviting.end(anne, space.id(), invited.id());

        assertThat(live(paul)).isFalse();
        assertThat(files.spaces(paul)).isEmpty();
        assertRefused(() -> files.node(paul, file.id()), "file.unknown");
        assertThat(jdbc.sql("SELECT count(*) FROM identity.v_app_password WHERE capacity = ? AND revoked_at IS NULL")
                        .param(paul.capacity().value())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertRefused(() -> inviting.end(anne, space.id(), invited.id()), "file.invite.over");
        assertThat(jdbc.sql("SELECT act FROM audit.v_entry WHERE subject = ? ORDER BY id")
                        .param(invited.id().toString())
                        .query(String.class)
                        .list())
                .containsExactly("file-invitation.made", "file-invitation.ended");
    }

    @Test
    void whoIsInvitedToTwoSpacesStaysUntilTheLastOneEnds() {
        String address = somebody();
        FileSpace other = sharing.open(anne, "Autre");
        Invited first = invite(address);
        Invited second = inviting.invite(anne, other.id(), wanted(address, days(60)));
        Visitor paul = guest(first);

        assertThat(guest(second).capacity()).isEqualTo(paul.capacity());
        assertThat(jdbc.sql("SELECT valid_until FROM directory.v_affiliation WHERE id = ?")
                        .param(paul.capacity().value())
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(second.until());
        inviting.end(anne, space.id(), first.id());
        assertThat(live(paul)).isTrue();
        assertThat(files.spaces(paul)).extracting(FileSpace::name).containsExactly("Autre");
        inviting.end(anne.author(), givors, second.id());
        assertThat(live(paul)).isFalse();

        Visitor again = guest(invite(address));
        assertThat(again.person()).as("nobody is entered twice").isEqualTo(paul.person());
        assertThat(again.capacity()).isNotEqualTo(paul.capacity());
    }

    @Test
    void whatHrHasTakenOverIsNoLongerTheInvitations() {
        for (String taken : new String[] {
            "UPDATE directory.affiliation SET source = 'hr', reference = '77' WHERE id = ?",
            "UPDATE directory.affiliation SET kind = 'agent' WHERE id = ?",
            "INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'auditor')"
        }) {
            String address = somebody();
            Invited invited = invite(address);
            Visitor paul = guest(invited);
            jdbc.sql(taken).param(paul.capacity().value()).update();
            OffsetDateTime until = until(paul);

            FileSpace other = sharing.open(anne, "Autre");
            Invited again = inviting.invite(anne, other.id(), wanted(address, days(60)));
            assertThat(until(paul)).as(taken).isEqualTo(until);
            inviting.end(anne, other.id(), again.id());
            inviting.end(anne, space.id(), invited.id());

            assertThat(live(paul)).as(taken).isTrue();
            assertRefused(() -> files.node(paul, file.id()), "file.unknown");
        }
    }

    @Test
    void aLastDayThatAnAdministratorSaidIsNotPutOffByAnotherInvitation() {
        String address = somebody();
        Visitor paul = guest(invite(address));
        jdbc.sql("UPDATE directory.affiliation SET valid_until = now() + interval '5 days' WHERE id = ?")
                .param(paul.capacity().value())
                .update();
        OffsetDateTime until = until(paul);

        inviting.invite(anne, sharing.open(anne, "Autre").id(), wanted(address, days(60)));

        assertThat(until(paul)).isEqualTo(until);
    }

    private OffsetDateTime until(Visitor visitor) {
        return jdbc.sql("SELECT valid_until FROM directory.v_affiliation WHERE id = ?")
                .param(visitor.capacity().value())
                .query(OffsetDateTime.class)
                .single();
    }

    @Test
    void theWayInIsSentOnceAndTriedAgainUntilItHasGone() {
        Invited invited = invite(somebody());
        Visitor paul = guest(invited);
        mailing.away.add(paul.person());

        mails.send();
        assertThat(mailing.sent).doesNotContain(paul.person());
        mailing.away.clear();
        mails.send();
        assertThat(mailing.sent).as("a moment is left to the account").doesNotContain(paul.person());
        jdbc.sql("UPDATE files.invitation SET mail_tried = mail_tried - interval '30 seconds' WHERE id = ?")
                .param(invited.id())
                .update();
        mails.send();
        mails.send();

        assertThat(mailing.sent).containsOnlyOnce(paul.person());
    }

    @Test
    void manyWhoseAccountNeverComesDoNotKeepTheOthersWaiting() {
        jdbc.sql("UPDATE files.invitation SET mailed_at = now() WHERE mailed_at IS NULL")
                .update();
        for (int i = 0; i < 50; i++) {
            mailing.away.add(guest(invite(somebody())).person());
        }
        Visitor late = guest(inviting.invite(luc, sharing.open(luc, "De Luc").id(), wanted(somebody(), days(3))));

        mails.send();
        mails.send();

        assertThat(mailing.sent).containsOnlyOnce(late.person());
        mailing.away.clear();
    }

    @Test
    void nobodyIsWrittenToWhoseInvitationWasTakenBackOrWhoWasThereAlready() {
        Invited over = invite(somebody());
        Visitor paul = guest(over);
        inviting.end(anne, space.id(), over.id());
        Visitor zoe = town.partner(town.member("Corbas"), "Zoé");
        String known = somebody();
        jdbc.sql("UPDATE directory.affiliation SET address = ? WHERE id = ?")
                .params(known, zoe.capacity().value())
                .update();
        invite(known);

        mails.send();

        assertThat(mailing.sent).doesNotContain(paul.person(), zoe.person());
    }

    @Test
    void administratorsSeeAllOfTheirMemberAndTheNightForgetsWhatIsLongOver() {
        Invited invited = invite(somebody());
        assertThat(invitations.of(givors, 0, 50).items())
                .extracting(Invited::id, Invited::spaceName, Invited::by, Invited::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(invited.id(), "Projet", "Anne Essai", "Plans de la halle"));
        assertThat(invitations.of(town.member("Corbas"), 0, 50).items()).isEmpty();
        assertThat(context.getBeansOfType(org.entente.base.PersonalData.class).values().stream()
                        .flatMap(one -> one.about(guest(invited).person().value(), Locale.FRENCH).facts().stream())
                        .map(Object::toString))
                .anyMatch(fact -> fact.contains("Invitation de " + invited.address()));

        jdbc.sql("UPDATE files.invitation SET until = now() - interval '400 days' WHERE id = ?")
                .param(invited.id())
                .update();
        forgetting.forget();
        assertThat(invitations.of(givors, 0, 50).items()).isEmpty();
    }
}
