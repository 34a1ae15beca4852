package org.entente.sources.proconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.entente.identity.SignInPeople.Person;
import org.entente.identity.keycloak.Browser;
import org.entente.sources.Finding;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Partners of a town come by ProConnect, and nobody else does. */
class ProConnectSignInTest extends InvitingTown {

    @Test
    void aPartnerWhoWasInvitedComesIn() throws Exception {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);

        Browser atIt = atProConnect();
        JsonNode asked = proconnect.asked();
        Browser browser = as(atIt, subject(), address, PREFECTURE);

        assertThat(asked.path("scope").asString()).isEqualTo(ProConnectSourceCheck.SCOPES);
        assertThat(asked.path("claims").asString()).isEqualTo("{\"id_token\":{\"acr\":null,\"amr\":null}}");
        assertThat(asked.path("nonce").asString()).hasSizeGreaterThanOrEqualTo(32);
        var claims = app.tokens(browser).claims("id_token");
        assertThat(claims.path("uid").asString()).isEqualTo(camille.person().toString());
        assertThat(claims.path("email").asString()).isEqualTo(address);
        assertThat(partners.list(town.id(), "camille", 0, 10).items())
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isNotNull());
    }

    /** The address may change where they work; the account is the same. */
    @Test
    void afterTheFirstTimeTheAccountCountsAndNotTheAddress() {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);
        String subject = subject();
        assertThat(comes(subject, address, PREFECTURE).arrived()).isTrue();

        Browser browser = comes(subject, somewhere("camille.durand"), PREFECTURE);

        assertThat(uid(browser)).isEqualTo(camille.person().toString());
    }

    @Test
    void whatApplicationsSendOnIsNotPassedToIt() throws Exception {
        String address = somewhere("camille");
        invited(address, PREFECTURE);

        Browser browser = atProConnect(
                "acr_values",
                "https://proconnect.gouv.fr/assurance/self-asserted",
                "max_age",
                "3600",
                "ui_locales",
                "fr");

        assertThat(browser.page()).contains("name=\"sub\"");
        assertThat(proconnect.asked().propertyNames()).doesNotContain("acr_values", "max_age", "ui_locales", "prompt");
    }

    @Test
    void theFactorsThatItSaysReachApplications() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);

        Browser browser = atProConnect()
                .send("sub", "sub", subject(), "email", address, "siret", PREFECTURE, "factors", "several");

        assertThat(app.tokens(browser).claims("id_token").path("amr").toString())
                .contains("pwd", "otp", "mfa");
    }

    @Test
    void userinfoThatProConnectDidNotSignForUsIsNotBelieved() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);

        for (String who : List.of("forged-", "foreign-", "plain-")) {
            Browser browser = comes(who + subject(), address, PREFECTURE);

            assertThat(browser.arrived()).as(who).isFalse();
            assertThat(browser.page()).as(who).doesNotContain("code=");
        }
        assertThat(keeper.broken())
                .filteredOn(one -> "proconnect_not_believed".equals(one.reason()))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(partners.list(town.id(), "camille", 0, 10).items())
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isNull());
    }

    @Test
    void whoSignsOutSignsOutThereToo() throws Exception {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);
        Browser browser = comes(subject(), address, PREFECTURE);
        assertThat(app.tokens(browser).status()).isEqualTo(200);
        String session = sessions.of(new PersonId(camille.person())).getFirst().session();

        String next = sessions.signOut(new PersonId(camille.person()), session, "http://localhost:8400/signed-out")
                .orElseThrow()
                .to();
        Browser away = browser.open(next);

        assertThat(away.page()).contains("name=\"logout\"");
        away.submit("logout", "logout", "yes");
        assertThat(away.left()).isEqualTo("http://localhost:8400/signed-out");
        assertThat(proconnect.asked().path("state").asString()).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void anAnswerIsGoodOnce() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);
        Browser first = atProConnect();
        String callback = keeper.ours().redirectUri();

        // What a stranger saw of it: the state, with a code of their own, in their own browser.
        String state = stateOf();
        Browser stranger = new Browser().open(callback + "?state=" + state + "&code=stolen");
        as(first, subject(), address, PREFECTURE);
        Browser again = first.open(callback + "?state=" + state + "&code=once-more");

        assertThat(stranger.arrived()).isFalse();
        assertThat(again.arrived() && again.page().contains("code=")).isFalse();
    }

    private String stateOf() {
        try {
            return proconnect.asked().path("state").asString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWasNotInvitedReadsWhatToDo() {
        Browser browser = comes(subject(), somewhere("inconnu"), AGENCY);

        assertThat(browser.arrived()).isFalse();
        assertThat(browser.title()).isEqualTo("ProConnect vous connaît, mais nous ne pouvons pas vous ouvrir");
        assertThat(browser.page()).contains("Demandez à votre interlocuteur dans la collectivité");
        assertThat(refusals.all()).anyMatch(row -> row.reason().equals("not_invited") && AGENCY.equals(row.siret()));
        assertThat(refused()).isEmpty();
    }

    @Test
    void theRightAddressForAnotherOrganisationIsAConflict() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);

        Browser browser = comes(subject(), address, AGENCY);

        assertThat(browser.arrived()).isFalse();
        assertThat(refused()).containsExactly("other_organisation");
        assertThat(refusals.of(town.id()).getFirst().conflict()).isTrue();
    }

    @Test
    void anOrganisationThatChangesBetweenSignInsIsNoticed() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);
        String subject = subject();
        assertThat(comes(subject, address, PREFECTURE).arrived()).isTrue();

        assertThat(comes(subject, address, AGENCY).arrived()).isFalse();
        assertThat(refused()).containsExactly("organisation_changed");
        // Luhn's rule does not hold.
        assertThat(comes(subject, address, PREFECTURE.replaceFirst("^1", "2")).arrived())
                .isFalse();
        assertThat(refused()).contains("siret_invalid");
    }

    @Test
    void anAddressOfSomebodyElseIsNotTakenOver() {
        String address = somewhere("camille");
        invited(address, PREFECTURE);
        String subject = subject();
        assertThat(comes(subject, address, PREFECTURE).arrived()).isTrue();
        String others = somewhere("dominique");
        invited(others, PREFECTURE);

        assertThat(comes(subject, others, PREFECTURE).arrived()).isFalse();

        assertThat(refused()).containsExactly("others_address");
    }

    /** An address that a ministry gives to the next of the same name. */
    @Test
    void anotherAccountWithTheSameAddressWaitsForTheMembersWord() {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);
        assertThat(comes(subject(), address, PREFECTURE).arrived()).isTrue();
        String next = subject();

        assertThat(comes(next, address, PREFECTURE).arrived()).isFalse();
        assertThat(refused()).containsExactly("other_account");
        partners.unlink(town.id(), camille.capacities().getFirst().id(), town.admin());

        assertThat(uid(comes(next, address, PREFECTURE)))
                .isEqualTo(camille.person().toString());
    }

    @Test
    void anInvitationThatIsWithdrawnLetsNobodyIn() {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);
        String subject = subject();
        assertThat(comes(subject, address, PREFECTURE).arrived()).isTrue();

        partners.withdraw(town.id(), camille.capacities().getFirst().id(), town.admin());

        assertThat(comes(subject, address, PREFECTURE).arrived()).isFalse();
        assertThat(refused()).containsExactly("invitation_ended");
    }

    /** Else a member would open what others gave, by inviting an account of its own under the name of their agent. */
    @Test
    void whoIsWithOtherMembersTooComesForTheInvitingOneUntilTheyConfirmByTheirOwnPassword() {
        Town other = town();
        String address = somewhere("camille");
        Person camille = somebody(post(town, "partner", address), post(other, "agent", "camille@" + other.domain()));
        partners.invite(town.id(), camille.capacities().getFirst().id(), PREFECTURE, town.admin());

        String subject = subject();
        assertThat(uid(comes(subject, address, PREFECTURE)))
                .as("for the member that invited them, alone: no choice is offered")
                .isEqualTo(camille.person().toString());

        password(camille);
        Browser confirming = comes(subject, address, PREFECTURE);
        assertThat(confirming.title()).isEqualTo("C’est bien vous\u00a0?");
        assertThat(confirming.send("password", "password", "faux").arrived()).isFalse();
        confirming.send("password", "password", OURS);
        assertThat(confirming.page()).contains("name=\"capacity\"");
        confirming.send(
                "capacity", "capacity", camille.capacities().getFirst().id().toString());
        assertThat(uid(confirming)).isEqualTo(camille.person().toString());

        Browser again = comes(subject, address, PREFECTURE);
        assertThat(again.page()).contains("name=\"capacity\"");
    }

    @Test
    void aMembersOwnAgentComesOnlyWhereTheMemberSaidSo() {
        String address = "camille@" + town.domain();
        Person camille = somebody(post(town, "agent", address));
        String subject = subject();
        String own = siret(town.siren());

        Browser browser = comes(subject, address, own);
        assertThat(browser.arrived()).isFalse();
        assertThat(browser.page()).contains("sans passer par ProConnect");
        assertThat(refused()).containsExactly("members_own");

        partners.letAgents(town.id(), true, town.admin());
        assertThat(uid(comes(subject, address, own))).isEqualTo(camille.person().toString());
        // Not for whom ProConnect counts to another organisation.
        assertThat(comes(subject, address, PREFECTURE).arrived()).isFalse();
    }

    @Test
    void anotherMembersPartnerIsNotInvitedByMe() {
        Town other = town();
        Person theirs = somebody(post(other, "partner", somewhere("camille")));

        assertThatThrownBy(() -> partners.invite(
                        town.id(), theirs.capacities().getFirst().id(), PREFECTURE, town.admin()))
                .isInstanceOf(Refusal.class)
                .extracting(refusal -> ((Refusal) refusal).kind())
                .isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void onTrialOnlyTheLinkThatNamesItLeadsThere() {
        String address = somewhere("camille");
        Person camille = invited(address, PREFECTURE);
        keeper.change(described("trial"), operator);

        assertThat(new Browser().open(app.signInUrl("uid")).page()).doesNotContain("ProConnect");
        Browser browser = new Browser().open(app.signInUrl("uid", "idp_hint", "proconnect"));

        assertThat(uid(as(browser, subject(), address, PREFECTURE)))
                .isEqualTo(camille.person().toString());
    }

    @Test
    void theCheckSaysPreciselyWhatIsWrong() {
        assertThat(keeper.check(described("on"))).noneMatch(finding -> finding.level() != Finding.Level.RIGHT);

        assertThat(keeper.check(new ProConnectSourceKeeper.Asked(
                        null, null, proconnect.issuer(), TestProConnect.CLIENT, "un autre secret", null)))
                .anyMatch(finding -> finding.code().equals("client-refused"));
        assertThat(keeper.check(new ProConnectSourceKeeper.Asked(
                        null, null, proconnect.issuer(), "inconnu", TestProConnect.SECRET, null)))
                .anyMatch(finding -> finding.code().equals("not-sent-back"));
        assertThat(keeper.check(new ProConnectSourceKeeper.Asked(
                        null, null, proconnect.issuer() + "/ailleurs", TestProConnect.CLIENT, null, null)))
                .anyMatch(finding -> finding.level() == Finding.Level.WRONG);
    }
}
