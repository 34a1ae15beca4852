package org.entente.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.entente.identity.SignedIn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** An application behind the gateway that nobody enters without a second factor. */
class ProvingTest extends GatewayTown {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Visits visits;

    @Test
    void whoeverGaveNoneIsSentToGiveOneAndComesBackToTheSamePath() throws Exception {
        PersonId ana = town.person("Ana", "Prouve");
        AffiliationId capacity = agent(ana, member("Ternay", "coffre"));
        try (Visitor visitor = visitor(capacity)) {
            Visitor.Answer first = visitor.get(at("coffre") + "/dossier?n=1&m=%2F", "Accept: text/html");
            Visitor.Answer raise = visitor.get(first.header("Location"), "Accept: text/html");
            assertThat(raise.status()).isEqualTo(303);
            assertThat(raise.header("Location")).startsWith("/sign-in?level=second-factor&to=%2Fgo%2Fcoffre%2Fenter");
            String then =
                    URLDecoder.decode(raise.header("Location").replaceFirst(".*&to=", ""), StandardCharsets.UTF_8);

            signsInAgain(visitor, capacity, true);
            int before = LEGACY.received().size();
            Visitor.Answer page = visitor.open(PORTAL + then);

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.uri()).hasToString(at("coffre") + "/dossier?n=1&m=%2F");
            assertThat(LEGACY.received()).hasSize(before + 1);
            assertThat(LEGACY.last().all("Remote-User")).containsExactly(address(capacity));
        }
    }

    @Test
    void whoeverComesBackWithoutIsToldSoAndNotSentRoundAndRound() throws Exception {
        AffiliationId capacity = agent(town.person("Luc", "Simple"), member("Sérézin", "coffre"));
        try (Visitor visitor = visitor(capacity)) {
            Visitor.Answer first = visitor.get(at("coffre") + "/", "Accept: text/html");
            String then = URLDecoder.decode(
                    visitor.get(first.header("Location"), "Accept: text/html")
                            .header("Location")
                            .replaceFirst(".*&to=", ""),
                    StandardCharsets.UTF_8);
            signsInAgain(visitor, capacity, false);
            int before = LEGACY.received().size();

            Visitor.Answer page = visitor.open(PORTAL + then);

            assertThat(page.status()).isEqualTo(403);
            assertThat(page.body()).contains("Le coffre demande une seconde preuve");
            assertThat(LEGACY.received()).hasSize(before);
        }
    }

    @Test
    void theWordThatOneWasSentOpensNothing() throws Exception {
        AffiliationId capacity = agent(town.person("Eve", "Maligne"), member("Communay", "coffre"));
        try (Visitor visitor = visitor(capacity)) {
            String enter = visitor.get(at("coffre") + "/", "Accept: text/html").header("Location");

            assertThat(visitor.open(enter + "&raised=true").status()).isEqualTo(403);
            assertThat(visitor.get(at("coffre") + "/", "Accept: */*").status()).isEqualTo(401);
        }
    }

    @Test
    void anotherPersonsProofIsNobodyElses() throws Exception {
        AffiliationId proved = agent(town.person("Ida", "Prouvée"), member("Simandres", "coffre"));
        AffiliationId plain = agent(town.person("Tom", "Sans"), member("Marennes", "coffre"));
        try (Visitor ida = visitor(proved);
                Visitor tom = visitor(plain)) {
            signsInAgain(ida, proved, true);
            assertThat(ida.open(at("coffre") + "/a").status()).isEqualTo(200);

            Visitor.Answer answer =
                    tom.get(tom.get(at("coffre") + "/a", "Accept: text/html").header("Location"), "Accept: text/html");

            assertThat(answer.header("Location")).startsWith("/sign-in?level=second-factor");
        }
    }

    @Test
    void anApplicationThatBeginsToAskLetsNobodyGoOnWithout() throws Exception {
        AffiliationId capacity = agent(town.person("Zia", "Dedans"), member("Chaponnay", "registre"));
        try (Visitor visitor = visitor(capacity)) {
            assertThat(visitor.open(at("registre") + "/a").status()).isEqualTo(200);
            jdbc.sql("UPDATE catalog.service SET second_factor = true WHERE id = 'registre'")
                    .update();
            try {
                assertThat(visitor.get(at("registre") + "/a", "Accept: */*").status())
                        .isEqualTo(401);
            } finally {
                jdbc.sql("UPDATE catalog.service SET second_factor = false WHERE id = 'registre'")
                        .update();
            }
            assertThat(visitor.get(at("registre") + "/a", "Accept: */*").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aProofGoesWithItsSession() throws Exception {
        UUID nowhere = UUID.randomUUID();
        events.publishEvent(new SignedIn(nowhere, new PersonId(UUID.randomUUID()), true));
        assertThat(proofs(nowhere)).isEqualTo(1);

        visits.forget();

        assertThat(proofs(nowhere)).isZero();
    }

    private long proofs(UUID session) {
        return jdbc.sql("SELECT count(*) FROM gateway.proof WHERE portal_session = ?")
                .param(session)
                .query(Long.class)
                .single();
    }

    /** As the sign-in does: the session of before is over. */
    private void signsInAgain(Visitor visitor, AffiliationId capacity, boolean severalFactors) {
        PersonId person = actors.personOf(capacity);
        jdbc.sql("DELETE FROM identity.session WHERE person = ?")
                .param(person.value())
                .update();
        visitor.holds("entente_session", actors.signIn(capacity).secret(), "localhost");
        UUID session = jdbc.sql("SELECT id FROM identity.session WHERE person = ?")
                .param(person.value())
                .query(UUID.class)
                .single();
        events.publishEvent(new SignedIn(session, person, severalFactors));
    }
}
