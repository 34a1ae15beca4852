package org.entente.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class})
class LedgerReadingTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    private AffiliationId record(MemberId member, String act, String... labels) {
        AffiliationId admin = actors.affiliation(actors.person("Nadia", "Benali"), member, Role.MEMBER_ADMIN);
        Author author = new Author(actors.personOf(admin).value(), admin.value(), "Nadia Benali", "192.0.2.7");
        transaction.executeWithoutResult(status -> ledger.record(List.of(labels).stream()
                .map(label ->
                        new Entry(author, act, member.value(), "thing", label, label, Map.of(), Map.of("name", label)))
                .toList()));
        return admin;
    }

    @Test
    void aMembersAdminReadsTheActsOfThatMemberOnly() throws Exception {
        MemberId own = actors.member("Vénissieux");
        AffiliationId admin = record(own, "test.own", "Ours");
        record(actors.member("Corbas"), "test.other", "Theirs");

        mvc.perform(get("/api/members/{m}/ledger", own).with(actors.actingAs(admin)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.next").doesNotExist())
                .andExpect(jsonPath("$.items[0].subject").value("Ours"))
                .andExpect(jsonPath("$.items[0].author").value("Nadia Benali"))
                .andExpect(jsonPath("$.items[0].capacity").value("Agent, Vénissieux"))
                .andExpect(jsonPath("$.items[0].address").value("192.0.2.7"))
                .andExpect(jsonPath("$.items[0].actText").value("Nadia Benali : test.own (Ours)"))
                .andExpect(jsonPath("$.items[0].member.name").value("Vénissieux"))
                .andExpect(jsonPath("$.items[0].after.name").value("Ours"));
    }

    @Test
    void pagesGoOnFromTheLastLineWithoutLossOrRepetition() throws Exception {
        MemberId member = actors.member("Givors");
        AffiliationId admin = record(
                member,
                "test.page",
                IntStream.range(0, 23).mapToObj(i -> "line " + i).toArray(String[]::new));
        var session = actors.actingAs(admin);

        List<String> read = new ArrayList<>();
        String next = "";
        while (next != null) {
            String answer = mvc.perform(get("/api/members/{m}/ledger?limit=10" + next, member)
                            .with(session))
                    .andExpect(jsonPath("$.total").value(23))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            read.addAll(JsonPath.<List<String>>read(answer, "$.items[*].subject"));
            String cursor = JsonPath.read(answer, "$.next");
            next = cursor == null ? null : "&before=" + cursor;
        }

        assertThat(read)
                .containsExactlyElementsOf(IntStream.iterate(22, i -> i >= 0, i -> i - 1)
                        .mapToObj(i -> "line " + i)
                        .toList());
        mvc.perform(get("/api/members/{m}/ledger?limit=10&offset=20", member).with(session))
                .andExpect(jsonPath("$.items", hasSize(3)));
    }

    @Test
    void filtersFindByWordsActAndDay() throws Exception {
        MemberId member = actors.member("Grigny");
        AffiliationId admin = record(member, "thing.made", "Éléonore D’Haënens", "under_score");
        record(member, "thing.removed", "Éléonore Petit");
        var session = actors.actingAs(admin);

        for (var expected : Map.of(
                        "q=eleonore",
                        2,
                        "q=haenens NADIA",
                        1,
                        "q=r_s",
                        1,
                        "q=e_e",
                        0,
                        "act=thing",
                        3,
                        "act=thing.removed",
                        1,
                        "act=thin",
                        0,
                        "from=2020-01-01&to=2020-12-31",
                        0,
                        "to=" + LocalDate.now().plusDays(1),
                        3)
                .entrySet()) {
            mvc.perform(get("/api/members/{m}/ledger?" + expected.getKey(), member)
                            .with(session))
                    .andExpect(jsonPath("$.total").value(expected.getValue()));
        }
        for (String wrong : List.of("from=tomorrow", "to=2026-13-01", "from=%2B99999-01-01", "before=x", "before=1")) {
            mvc.perform(get("/api/members/{m}/ledger?" + wrong, member).with(session))
                    .andExpect(status().isUnprocessableContent());
        }
    }

    @Test
    void theTableToKeepOpensInASpreadsheetAndCannotRunAFormulaThere() throws Exception {
        MemberId member = actors.member("Rive-de-Gier");
        AffiliationId admin = record(member, "test.csv", "=1+1", "+33", "-5", "@x", "\tx", "\rx", "say \"hi\"; é");

        byte[] csv = mvc.perform(get("/api/members/{m}/ledger.csv", member).with(actors.actingAs(admin)))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/csv;charset=UTF-8"))
                .andExpect(header().string(
                                "Content-Disposition",
                                org.hamcrest.Matchers.matchesPattern(
                                        "attachment; filename=\"ledger-\\d{4}-\\d{2}-\\d{2}\\.csv\"")))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        String text = new String(csv, StandardCharsets.UTF_8);

        assertThat(text)
                .startsWith("\ufeff\"Position\";\"Date et heure\"")
                .contains(
                        "\"'=1+1\"", "\"'+33\"", "\"'-5\"", "\"'@x\"", "\"'\tx\"", "\"'\rx\"", "\"say \"\"hi\"\"; é\"");
        assertThat(text.split("\r\n")).hasSize(8);
    }

    @Test
    void theOperatorReadsAndVerifiesTheWhole() throws Exception {
        record(actors.member("Saint-Chamond"), "test.territory", "One of all");
        var operator = actors.actingAs(actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN));

        mvc.perform(get("/api/operator/ledger?act=test.territory").with(operator))
                .andExpect(jsonPath("$.total").value(1));
        mvc.perform(post("/api/operator/ledger/verify").with(operator))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.intact").value(true))
                .andExpect(jsonPath("$.text").value(org.hamcrest.Matchers.startsWith("Registre intact")));
    }

    @Test
    void anAgentReadsNoLedger() throws Exception {
        MemberId member = actors.member("Lyon");
        var agent = actors.actingAs(actors.affiliation(member));

        mvc.perform(get("/api/members/{m}/ledger", member).with(agent)).andExpect(status().isForbidden());
        mvc.perform(get("/api/operator/ledger").with(agent)).andExpect(status().isForbidden());
    }
}
