package org.entente.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.result.ValidationResultList;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.w3c.dom.Document;

/** What one member gets about its contribution: every line explained, a table, an accessible page, an invoice that validates. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestActors.class, SharedYear.class})
class StatementsTest {

    private static final Invoicing.Issuer SITIV = new Invoicing.Issuer(
            "SITIV",
            "200 046 977 00019",
            "7 rue Romain Rolland",
            "69200",
            "Vénissieux",
            "finances@sitiv.example",
            "FR76 3000 6000 0112 3456 7890 189",
            "AGRIFRPP");

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestActors actors;

    @Autowired
    SharedYear year;

    @Autowired
    Budget budget;

    @Autowired
    Contributions contributions;

    @Autowired
    Statements statements;

    @Autowired
    StatementPapers papers;

    @Autowired
    Invoicing invoicing;

    private UUID line;
    private MemberId givors;

    @BeforeEach
    void aCall() {
        year.forget();
        year.sitiv();
        givors = year.member("Givors");
        UUID agreement = year.agreement("Socle", year.key("Population", new CostKey.ByMeasure(Measure.POPULATION)));
        line = year.line("Messagerie & agenda <commun>", agreement, 70_000_01);
        year.line("Visio", agreement, 1_000_00);
        contributions.call(2027, Contributions.Kind.PROVISIONAL, LocalDate.of(2027, 6, 30), year.operator());
        contributions.notePayment(
                givors, 2027, new Money(500_00), LocalDate.of(2027, 3, 1), "acompte", year.operator());
    }

    @Test
    void theStatementSaysInWordsWhyEachLineIsPaid() throws Exception {
        mvc.perform(get("/api/members/{m}/contributions/2027", givors)
                        .header("Accept-Language", "fr")
                        .with(actors.actingAs(actors.affiliation(givors, Role.AUDITOR))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.lines.length()").value(2))
                .andExpect(jsonPath("$.lines[0].keyText").value("selon la population"))
                .andExpect(jsonPath("$.lines[0].reasons[0].text")
                        .value(org.hamcrest.Matchers.startsWith("Réparti selon la population : 20")))
                .andExpect(jsonPath("$.paid").value(500_00))
                .andExpect(jsonPath("$.payments[0].note").value("acompte"));
        mvc.perform(get("/api/members/{m}/contributions", givors)
                        .with(actors.actingAs(actors.affiliation(givors, Role.AUDITOR))))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].year").value(2027));
    }

    @Test
    void theTableIsHarmlessAndSumsToTheContribution() throws Exception {
        String csv = mvc.perform(get("/api/members/{m}/contributions/2027/statement.csv", givors)
                        .with(actors.actingAs(actors.affiliation(givors, Role.MEMBER_ADMIN))))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/csv;charset=UTF-8"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);

        Contributions.Statement statement = statements.of(givors, 2027);
        assertThat(csv)
                .startsWith("\ufeff\"Ligne\";")
                .contains(";" + statement.amount().inEuros().toPlainString().replace('.', ',') + ";");
        assertThat(new String(new Csv().row("=HYPERLINK(1)", new Money(-5)).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("\ufeff\"'=HYPERLINK(1)\";-0,05\r\n");
    }

    @Test
    void thePageIsTaggedAndNamesEveryLine() throws Exception {
        byte[] pdf = papers.pdf(givors, statements.of(givors, 2027));

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains("Contribution 2027")
                    .contains("Messagerie & agenda <commun>")
                    .contains("Réparti selon la population");
        }
    }

    @Test
    void theInvoiceValidatesAgainstThePublishedSchemaAndTheEuropeanRules() throws Exception {
        assertThatThrownBy(() -> papers.invoice(givors, statements.of(givors, 2027)))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("pooling.invoicing.missing"));
        invoicing.set(SITIV, year.operator().author());

        ValidationResultList result =
                validate(papers.invoice(givors, statements.of(givors, 2027)).xml());

        assertThat(result.getAllErrors()).isEmpty();
        assertThat(result.size()).isGreaterThanOrEqualTo(2); // schema and rules were both run
        assertThat(validate("<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"/>"
                                .getBytes(StandardCharsets.UTF_8))
                        .containsAtLeastOneError())
                .isTrue();
    }

    @Test
    void aMemberWithoutASirenGetsNoInvoiceButAReason() {
        invoicing.set(SITIV, year.operator().author());
        jdbc.sql("UPDATE directory.member SET siren = NULL WHERE id = ?")
                .param(givors.value())
                .update();

        assertThatThrownBy(() -> papers.invoice(givors, statements.of(givors, 2027)))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo("pooling.invoice.no-siren"));
    }

    @Test
    void anAmendmentKeepsTheFiguresBeforeAndAnAdjustedCallShowsWhatChanged() {
        budget.amend(line, 0, new Money(84_000_00), new Money(4_000_00), "DM n° 1", year.operator());
        assertThatThrownBy(() -> budget.amend(line, 0, new Money(1), Money.ZERO, "trop tard", year.operator()))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("pooling.changed-meanwhile"));
        contributions.call(2027, Contributions.Kind.ADJUSTED, LocalDate.of(2027, 9, 30), year.operator());

        Contributions.Statement statement = statements.of(givors, 2027);

        assertThat(budget.history(line)).singleElement().satisfies(change -> {
            assertThat(change.amountBefore()).isEqualTo(new Money(70_000_01));
            assertThat(change.reason()).isEqualTo("DM n° 1");
        });
        assertThat(statement.earlier()).singleElement().satisfies(e -> {
            assertThat(e.kind()).isEqualTo("provisional");
            assertThat(e.amount()).isLessThan(statement.amount());
        });
        assertThat(statement.balance()).isEqualTo(statement.amount().minus(new Money(500_00)));
    }

    private static ValidationResultList validate(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        ValidationExecutorSetRegistry<IValidationSourceXML> registry = new ValidationExecutorSetRegistry<>();
        EN16931Validation.initEN16931(registry);
        return ValidationExecutionManager.executeValidation(
                registry.getOfID(EN16931Validation.VID_UBL_INVOICE_1313),
                ValidationSourceXML.create("invoice.xml", document));
    }
}
