package org.entente.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.Role;
import org.entente.provisioning.certificate.CertificateSigner;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.entente.testing.Town;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Import({TestPostgres.class, TestS3.class, Town.class, TestServices.class})
class CertificatesTest {

    @Autowired
    Town town;

    @Autowired
    TestEngine engine;

    @Autowired
    DepartureDesk desk;

    @Autowired
    DepartureStore departures;

    @Autowired
    Certificates certificates;

    @Autowired
    CertificateSigner signer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Papers papers;

    MemberId member;
    Actor admin;
    AffiliationId post;

    @BeforeEach
    void somebodyWithAPost() {
        engine.down = false;
        member = town.member("Vénissieux");
        PersonId adminPerson = town.person("Aïcha", "Guérin");
        AffiliationId adminPost = town.joins(adminPerson, member, "agent", null);
        admin = new Actor(
                adminPerson, "Aïcha Guérin", adminPost, member, false, Set.of(Role.MEMBER_ADMIN), "127.0.0.1");
        PersonId person = town.person("Zoé-Éléonore", "Benaïssa d’Haënens");
        post = town.joins(person, member, "elu", town.unit(member, "Cabinet du maire", null));
        await().untilAsserted(
                        () -> assertThat(engine.of(person.value())).hasSize(2).allMatch(TestEngine.Held::active));
    }

    @Test
    void aCompleteDepartureIsCertifiedAndKept() throws IOException {
        UUID id = left();

        byte[] pdf = certificates.of(member, id);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains(
                            "Certificat de départ",
                            "Zoé-Éléonore Benaïssa d’Haënens",
                            "Vénissieux",
                            "Fait",
                            "Fin de mandat");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            picture(document, "certificate");
        }
        Certificates.Checked checked = certificates.check(pdf);
        assertThat(checked.genuine()).isTrue();
        assertThat(checked.unchanged()).isTrue();
        assertThat(checked.person()).isEqualTo("Zoé-Éléonore Benaïssa d’Haënens");
        assertThat(checked.capacity()).contains("Vénissieux");
        await().untilAsserted(() -> assertThat(jdbc.sql(
                                "SELECT pdf IS NULL AND stored_at IS NOT NULL FROM provisioning.certificate WHERE departure = ?")
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue());
        assertThat(certificates.of(member, id)).isEqualTo(pdf);
        assertThat(jdbc.sql("SELECT count(*) FROM audit.entry WHERE subject = ? AND act = 'certificate.signed'")
                        .param(id.toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aProvisionalCertificateSaysWhatIsStillToBeDone() throws IOException {
        engine.down = true;
        UUID id = desk.ask(member, post, null, "Fin de mandat", null, admin);
        await().untilAsserted(() -> assertThat(departures.acts(java.util.List.of(id)))
                .filteredOn(DepartureStore.Act::ofAnEngine)
                .allMatch(act -> act.state().equals("failed")));

        byte[] pdf = certificates.of(member, id);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("provisoire", "2 actes restent à faire", "Pas encore fait", "The engine is down");
            picture(document, "certificate-provisional");
        }
        assertThat(certificates.check(pdf).what()).isEqualTo("provisional");
        engine.down = false;
    }

    @Test
    void anotherPaperOfTheTerritoryIsGenuineAndNoCertificate() {
        byte[] minutes = papers.sign(papers.print("Procès-verbal", "Essai", "<p>Adopté.</p>"), "Procès-verbal");

        Certificates.Checked checked = certificates.check(minutes);

        assertThat(checked.genuine()).isTrue();
        assertThat(checked.what()).isEqualTo("paper");
        assertThat(checked.reason()).isEqualTo("Procès-verbal");
    }

    @Test
    void whatWasTamperedWithOrIsNotOursIsToldPlainly() {
        byte[] pdf = certificates.of(member, left());
        byte[] changed = pdf.clone();
        changed[changed.length / 3] ^= 1;
        byte[] longer = Arrays.copyOf(pdf, pdf.length + 20);

        assertThat(certificates.check(changed).unchanged()).isFalse();
        assertThat(certificates.check(longer).unchanged()).isFalse();
        assertThat(certificates.check("Bonjour".getBytes()).what()).isEqualTo("not-a-pdf");
        assertThat(certificates.check("%PDF-1.7 mais non".getBytes()).what()).isEqualTo("not-a-pdf");
        assertThat(certificates.check(new byte[0]).what()).isEqualTo("not-a-pdf");
        assertThat(certificates.check(Arrays.copyOf(pdf, pdf.length / 2)).unchanged())
                .isFalse();
    }

    @Test
    void noByteOfACertificateCanBeChangedUnseen() {
        byte[] pdf = certificates.of(member, left());

        for (int at = 0; at < pdf.length; at += pdf.length / 60) {
            byte[] changed = pdf.clone();
            // The signature stands in the file as hexadecimal digits: a letter of the other case there would be the
            // same byte.
            changed[at] ^= (byte) (Character.isLetter(pdf[at]) ? 0x01 : 0x20);
            assertThat(certificates.check(changed).unchanged()).as("byte " + at).isFalse();
        }
    }

    @Test
    void anotherMemberDoesNotGetIt() {
        UUID id = left();
        MemberId other = town.member("Corbas");

        assertThatThrownBy(() -> certificates.of(other, id)).isInstanceOf(Refusal.class);
    }

    private UUID left() {
        UUID id = desk.ask(
                member,
                post,
                null,
                "Fin de mandat",
                new DepartureDesk.Successor(admin.person().value(), null),
                admin);
        await().untilAsserted(() ->
                assertThat(departures.find(id).orElseThrow().state()).isEqualTo("complete"));
        return id;
    }

    /** What the page looks like, for whoever wants to look: target/certificate.png. */
    private static void picture(PDDocument document, String name) throws IOException {
        BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 90);
        Path target = Path.of("target");
        Files.createDirectories(target);
        ImageIO.write(page, "png", target.resolve(name + ".png").toFile());
    }
}
