package org.entente.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.entente.testing.TestPostgres;
import org.entente.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Import({TestPostgres.class, Town.class})
class EntitlementsTest {

    private static final Author ADMIN = new Author(null, null, "Admin", null);

    @Autowired
    Town town;

    @Autowired
    Subscriptions subscriptions;

    @Autowired
    SubscriptionDesk desk;

    @Autowired
    Entitlements entitlements;

    @Autowired
    EntitlementRules rules;

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyLiveAffiliationHasTheServicesGivenByRule() {
        AffiliationId agent = town.joins(town.person("Nadia", "Benali"), town.member("Givors"), "agent", null);

        assertThat(services(agent)).containsExactlyInAnyOrder("sign-in", "directory");

        town.ends(agent, "manual");
        assertThat(services(agent)).isEmpty();
    }

    @Test
    void aSubscriptionServesItsPopulationsAndTheUnitsBelow() {
        MemberId member = town.member("Corbas");
        UnitId technique = town.unit(member, "Services techniques", null);
        UnitId voirie = town.unit(member, "Voirie", technique);
        AffiliationId inVoirie = town.joins(town.person("Ali", "Petit"), member, "agent", voirie);
        AffiliationId elsewhere = town.joins(town.person("Zoé", "Grand"), member, "agent", null);
        AffiliationId grouped = town.joins(town.person("Léo", "Moyen"), member, "elu", null, "urbanisme");

        subscriptions.subscribe(
                member,
                "urbanisme",
                List.of(
                        new Population(Set.of(AffiliationKind.AGENT), Set.of(technique), Set.of(), "user"),
                        new Population(Set.of(), Set.of(), Set.of("urbanisme"), "user")),
                ADMIN);

        assertThat(services(inVoirie)).contains("urbanisme");
        assertThat(services(elsewhere)).doesNotContain("urbanisme");
        assertThat(services(grouped)).contains("urbanisme");

        AffiliationId later = town.joins(town.person("Eva", "Tard"), member, "agent", technique);
        assertThat(services(later)).contains("urbanisme");

        subscriptions.unsubscribe(member, "urbanisme", ADMIN);
        assertThat(services(inVoirie)).doesNotContain("urbanisme");
    }

    @Test
    void oneCapacityNeverLendsItsServicesToAnother() {
        MemberId subscriber = town.member("Vénissieux");
        MemberId other = town.member("Rive-de-Gier");
        PersonId person = town.person("Anne", "Double");
        AffiliationId here = town.joins(person, subscriber, "agent", null);
        AffiliationId there = town.joins(person, other, "agent", null);

        subscriptions.subscribe(subscriber, "cnfpt", Population.everyone("user"), ADMIN);

        assertThat(services(here)).contains("cnfpt");
        assertThat(services(there)).doesNotContain("cnfpt");
        assertThat(entitlements.of(person)).extracting(Entitlement::capacity).contains(here, there);
    }

    @Test
    void anExplanationSaysWhichStepFailsAndAgreesWithTheComputation() {
        MemberId member = town.member("Grigny");
        AffiliationId elu = town.joins(town.person("Paul", "Élu"), member, "elu", null);
        subscriptions.subscribe(
                member,
                "legifrance",
                List.of(new Population(Set.of(AffiliationKind.AGENT), Set.of(), Set.of(), "user")),
                ADMIN);

        List<Explanation> all = entitlements.explain(member, elu);

        assertThat(failing(all, "legifrance")).isEqualTo("population");
        assertThat(failing(all, "cnfpt")).isEqualTo("kind");
        assertThat(failing(all, "data-gouv")).isEqualTo("subscription");
        assertThat(all)
                .allSatisfy(one -> assertThat(one.given())
                        .as(one.service())
                        .isEqualTo(one.steps().stream().allMatch(Explanation.Step::ok)));
        assertThat(all)
                .flatExtracting(Explanation::steps)
                .extracting(Explanation.Step::text)
                .noneMatch(text -> text.startsWith("access."));
    }

    @Test
    void anAffiliationOfAnotherMemberIsNotExplained() {
        AffiliationId theirs = town.joins(town.person("Max", "Autre"), town.member("Lyon"), "agent", null);
        MemberId mine = town.member("Saint-Chamond");

        assertThatThrownBy(() -> entitlements.explain(mine, theirs)).isInstanceOf(Refusal.class);
    }

    @Test
    void aPreviewTellsWhoGainsAndLosesAndChangesNothing() {
        MemberId member = town.member("Vaulx-en-Velin");
        PersonId agent = town.person("Inès", "Agent");
        PersonId elu = town.person("Luc", "Élu");
        AffiliationId agentPost = town.joins(agent, member, "agent", null);
        town.joins(elu, member, "elu", null);
        subscriptions.subscribe(
                member,
                "data-gouv",
                List.of(new Population(Set.of(AffiliationKind.AGENT), Set.of(), Set.of(), "user")),
                ADMIN);

        SubscriptionDesk.Preview preview = desk.preview(
                member, "data-gouv", List.of(new Population(Set.of(AffiliationKind.ELU), Set.of(), Set.of(), "user")));

        assertThat(preview.gaining()).containsExactly(elu.value());
        assertThat(preview.losing()).containsExactly(agent.value());
        assertThat(services(agentPost)).contains("data-gouv");
    }

    @Test
    void aUnitOfAnotherMemberIsRefused() {
        MemberId mine = town.member("Ici");
        UnitId theirs = town.unit(town.member("Ailleurs"), "Leur service", null);

        assertThatThrownBy(() -> subscriptions.subscribe(
                        mine, "cnfpt", List.of(new Population(Set.of(), Set.of(theirs), Set.of(), "user")), ADMIN))
                .isInstanceOf(Refusal.class);
        assertThat(subscriptions.of(mine)).isEmpty();
    }

    @Test
    void whatTwoTransactionsCouldNotSeeOfEachOtherIsCaughtUp() {
        MemberId member = town.member("Course");
        AffiliationId agent = town.joins(town.person("Rita", "Course"), member, "agent", null);
        // given: the rules changed while the change set was being computed by a transaction that could not see it
        UUID changeSet = jdbc.sql("SELECT change_set FROM directory.v_change WHERE affiliation = ?")
                .param(agent.value())
                .query(UUID.class)
                .single();
        subscriptions.subscribe(member, "cnfpt", Population.everyone("user"), ADMIN);
        jdbc.sql("DELETE FROM access.entitlement WHERE affiliation = ? AND service = 'cnfpt'")
                .param(agent.value())
                .update();
        jdbc.sql("INSERT INTO access.computed VALUES (?, 0) ON CONFLICT (change_set) DO UPDATE SET version = 0")
                .param(changeSet)
                .update();

        rules.catchUp();

        assertThat(services(agent)).contains("cnfpt");
    }

    private List<String> services(AffiliationId affiliation) {
        return entitlements.of(affiliation).stream().map(Entitlement::service).toList();
    }

    private static String failing(List<Explanation> all, String service) {
        return all.stream()
                .filter(one -> one.service().equals(service))
                .flatMap(one -> one.steps().stream())
                .filter(step -> !step.ok())
                .map(Explanation.Step::rule)
                .findFirst()
                .orElse("none");
    }
}
