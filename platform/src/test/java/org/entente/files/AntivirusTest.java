package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.reading.ReadNow;
import org.entente.reading.TextState;
import org.entente.scanning.Antivirus;
import org.entente.testing.TestActors;
import org.entente.testing.TestClamd;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Nobody is served what a real antivirus did not find clean, whichever way they come. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class, ReadNow.class, Antivirus.class})
class AntivirusTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    FileLinks links;

    @Autowired
    FileHistory history;

    @Autowired
    ReadNow reading;

    @Autowired
    TestClamd clamd;

    @Autowired
    Antivirus antivirus;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    Visitor boss;
    NodeId home;

    @BeforeEach
    void anAgentAndAnAdministrator() throws IOException {
        assumeTrue(TestClamd.installed(), "clamd is not installed (Debian: apt install clamav-daemon)");
        jdbc.sql("DELETE FROM scanning.content").update(); // of tests before
        clamd.kill();
        clamd.start();
        antivirus.look();
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        boss = admin(givors);
        home = town.home(anne);
    }

    private Visitor admin(MemberId member) {
        Visitor admin = town.agent(member, "Chef", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(admin.capacity().value())
                .update();
        return admin;
    }

    private AffiliationId operator() {
        return actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    private FileNode write(Visitor visitor, NodeId folder, String name, byte[] bytes) throws IOException {
        return files.write(visitor, folder, name, new ByteArrayInputStream(bytes), Writing.PLAIN);
    }

    /** The same virus, in another content. */
    private static byte[] eicar(String after) {
        byte[] more = after.getBytes(UTF_8);
        byte[] all = java.util.Arrays.copyOf(TestClamd.EICAR, TestClamd.EICAR.length + more.length);
        System.arraycopy(more, 0, all, TestClamd.EICAR.length, more.length);
        return all;
    }

    private String state(FileNode file) {
        return jdbc.sql(
                        "SELECT state FROM scanning.content s JOIN files.node n ON n.content = s.content WHERE n.id = ?")
                .param(file.id().value())
                .query(String.class)
                .optional()
                .orElse("unknown");
    }

    private void awaitState(FileNode file, String state) {
        await().untilAsserted(() -> assertThat(state(file)).isEqualTo(state));
    }

    private void refused(FileNode file, String code) {
        assertThatThrownBy(() -> town.read(anne, file))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void aCleanFileIsServedAsSoonAsItWasScannedAndOnce() throws Exception {
        FileNode file = town.write(anne, home, "a.txt", "rien de mal");

        assertThat(town.read(anne, file)).isEqualTo("rien de mal");
        assertThat(state(file)).isEqualTo("clean");

        clamd.kill();
        town.write(anne, home, "b.txt", "rien de mal");
        FileNode twin = files.find(anne, home, List.of("b.txt")).orElseThrow();
        assertThat(town.read(anne, twin)).as("the same content is known").isEqualTo("rien de mal");
    }

    @Test
    void aVirusIsServedByNoWayToNobody() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "Dossier");
        mvc.perform(put("/api/files/nodes/{n}/files", folder.id())
                        .param("name", "facture.txt")
                        .content(TestClamd.EICAR)
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().isCreated());
        FileNode file = files.find(anne, folder.id(), List.of("facture.txt")).orElseThrow();
        FileNode good = town.write(anne, folder.id(), "bon.txt", "bon");
        String link =
                links.make(anne, folder.id(), false, null, null, null, null).path();
        awaitState(file, "found");

        mvc.perform(get("/api/files/nodes/{n}/content", file.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.detail", containsString(TestClamd.NAME)))
                .andExpect(content().string(not(containsString("EICAR-STANDARD"))));
        mvc.perform(get("/api/files/nodes/{n}/content?shown=true", file.id())
                        .header("Range", "bytes=3-9")
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().isForbidden());
        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isForbidden());
        mvc.perform(get(link + "/file/" + good.id())).andExpect(status().isOk());

        Map<String, String> zip = unzipped(mvc.perform(get("/api/files/zip")
                        .param("node", folder.id().toString())
                        .with(actors.signIn(anne.capacity())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray());
        assertThat(zip).doesNotContainKey("Dossier/facture.txt").containsEntry("Dossier/bon.txt", "bon");
        assertThat(zip.get("_Fichiers manquants - missing files.txt"))
                .contains("Dossier/facture.txt")
                .contains(TestClamd.NAME);

        mvc.perform(get("/api/files/nodes/{n}/children", folder.id()).with(actors.signIn(anne.capacity())))
                .andExpect(jsonPath("$.items[?(@.name == 'facture.txt')].scan.state")
                        .value("FOUND"))
                .andExpect(jsonPath("$.items[?(@.name == 'facture.txt')].scan.withheld")
                        .value(true))
                .andExpect(jsonPath("$.items[?(@.name == 'bon.txt' && @.scan.state)]", hasSize(0)));

        reading.all();
        assertThat(files.text(anne, file.id()).reason()).isEqualTo(TextState.Reason.WITHHELD);

        files.copy(anne, file.id(), home, "copie.txt", false, false);
        refused(files.find(anne, home, List.of("copie.txt")).orElseThrow(), "antivirus.found");
        files.trash(anne, List.of(file.id()));
        history.erase(anne, List.of(file.id()));
        assertThat(files.find(anne, folder.id(), List.of("facture.txt"))).isEmpty();
    }

    private static Map<String, String> unzipped(byte[] bytes) throws IOException {
        Map<String, String> all = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                all.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return all;
    }

    @Test
    void itIsFoundInAnArchiveAndInAnUploadInParts() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("dedans/facture.txt"));
            zip.write(TestClamd.EICAR);
        }
        refused(write(anne, home, "archive.zip", packed.toByteArray()), "antivirus.found");

        byte[] bytes = eicar("\nen morceaux");
        String metadata = "filename " + base64("morceaux.txt") + ",folder " + base64(home.toString());
        String upload = mvc.perform(post("/api/files/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", bytes.length)
                        .header("Upload-Metadata", metadata)
                        .with(actors.signIn(anne.capacity())))
                .andReturn()
                .getResponse()
                .getHeader("Location");
        for (int from = 0; from < bytes.length; from += 40) {
            mvc.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch(upload)
                            .header("Tus-Resumable", "1.0.0")
                            .header("Upload-Offset", from)
                            .contentType("application/offset+octet-stream")
                            .content(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 40)))
                            .with(actors.signIn(anne.capacity())))
                    .andExpect(status().isNoContent());
        }
        mvc.perform(post(upload + "/finish")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}")
                        .with(actors.signIn(anne.capacity())))
                .andExpect(status().isOk());
        refused(files.find(anne, home, List.of("morceaux.txt")).orElseThrow(), "antivirus.found");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void whileItDoesNotAnswerFilesAreKeptAndServedOnceTheyWereScanned() throws Exception {
        clamd.kill();
        antivirus.look();
        FileNode good = town.write(anne, home, "bon.txt", "gardé");
        FileNode bad = write(anne, home, "mauvais.txt", eicar("\nplus tard"));

        refused(good, "antivirus.away");
        mvc.perform(get("/api/files/nodes/{n}/content", good.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.detail", containsString("gardé")));
        mvc.perform(get("/api/operator/antivirus").with(actors.signIn(operator())))
                .andExpect(jsonPath("$.answers").value(false))
                .andExpect(jsonPath("$.waiting").value(2));
        mvc.perform(get("/api/operator/engines").with(actors.signIn(operator())))
                .andExpect(jsonPath("$[?(@.id == 'antivirus')].state").value("down"));

        clamd.start();
        awaitState(good, "clean");
        awaitState(bad, "found");
        assertThat(town.read(anne, good)).isEqualTo("gardé");
        mvc.perform(get("/api/operator/engines").with(actors.signIn(operator())))
                .andExpect(jsonPath("$[?(@.id == 'antivirus')].state").value("up"));
    }

    @Test
    void whoeverPutItAndTheAdministratorsAreToldAndOneOfTheseReleasesIt() throws Exception {
        FileNode file = write(anne, home, "faux.txt", eicar("\nfaux positif"));
        MemberId corbas = town.member("Corbas");
        Visitor other = town.agent(corbas, "Zoé", null);
        Visitor otherBoss = admin(corbas);
        FileNode theirs = write(other, town.home(other), "faux.txt", eicar("\nfaux positif"));
        awaitState(file, "found");
        awaitState(theirs, "found");

        assertThat(told("antivirus.found", givors)).containsExactly("faux.txt");
        assertThat(told("antivirus.withheld", givors)).containsExactly("faux.txt");
        UUID content = contentOf(file);
        mvc.perform(get("/api/members/{m}/quarantine", givors.value()).with(actors.signIn(boss.capacity())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$", hasSize(1)))
                .andExpect(jsonPath("$[0].content").value(content.toString()))
                .andExpect(jsonPath("$[0].virus").value(TestClamd.NAME))
                .andExpect(jsonPath("$[0].files[0].name").value("faux.txt"))
                .andExpect(jsonPath("$[0].files[0].putBy").value("Anne Essai"));
        String release = "/api/members/" + givors.value() + "/quarantine/" + content + "/release";
        mvc.perform(post(release).with(actors.signIn(anne.capacity()))).andExpect(status().isForbidden());
        mvc.perform(post(release).with(actors.signIn(otherBoss.capacity()))).andExpect(status().isForbidden());
        mvc.perform(post("/api/members/{m}/quarantine/{c}/release", corbas.value(), content)
                        .with(actors.signIn(otherBoss.capacity())))
                .andExpect(status().isNotFound());
        refused(file, "antivirus.found");

        mvc.perform(post(release).with(actors.signIn(boss.capacity()))).andExpect(status().isNoContent());

        assertThat(town.read(anne, file)).contains("faux positif");
        assertThat(told("antivirus.released", givors)).containsExactly(TestClamd.NAME);
        assertThatThrownBy(() -> town.read(other, theirs))
                .as("what another member keeps is that member's to release")
                .isInstanceOf(Refusal.class);
        mvc.perform(post("/api/operator/antivirus/rescan").with(actors.signIn(operator())))
                .andExpect(status().isOk());
        await().untilAsserted(() -> assertThat(due()).isZero());
        assertThat(town.read(anne, file)).as("the same again stays released").contains("faux positif");
    }

    private List<String> told(String act, MemberId member) {
        return jdbc.sql("SELECT subject_label FROM audit.entry WHERE act = ? AND member = ?")
                .params(act, member.value())
                .query(String.class)
                .list();
    }

    private UUID contentOf(FileNode file) {
        return jdbc.sql("SELECT content FROM files.node WHERE id = ?")
                .param(file.id().value())
                .query(UUID.class)
                .single();
    }

    private int due() {
        return jdbc.sql("SELECT count(*) FROM scanning.content WHERE due IS NOT NULL")
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsTooLargeIsServedAndSaidNotToBeScanned() throws Exception {
        FileNode large = write(anne, home, "grand.bin", new byte[1_100_000]);

        assertThat(state(large)).isEqualTo("large");
        mvc.perform(get("/api/files/nodes/{n}/content", large.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isOk());
        mvc.perform(get("/api/files/nodes/{n}/children", home).with(actors.signIn(anne.capacity())))
                .andExpect(jsonPath("$.items[0].scan.state").value("LARGE"))
                .andExpect(jsonPath("$.items[0].scan.withheld").value(false));
    }

    @Test
    void whatWasThereBeforeIsScannedByItselfAndWhatIsOpenedGoesFirst() throws Exception {
        FileNode old = town.write(anne, home, "ancien.txt", "d’avant");
        FileNode bad = write(anne, home, "ancien-mauvais.txt", eicar("\nd’avant"));
        FileNode opened = town.write(anne, home, "ouvert.txt", "tout de suite");
        awaitState(bad, "found");
        awaitState(old, "clean");
        jdbc.sql("DELETE FROM scanning.content").update();

        assertThat(town.read(anne, opened)).isEqualTo("tout de suite");
        assertThat(state(bad)).isEqualTo("unknown");
        refused(bad, "antivirus.found");
        antivirus.sweep();
        awaitState(old, "clean");
    }

    @Test
    void whatTheAntivirusHasLearntIsLookedForInWhatCameBefore() throws Exception {
        FileNode file = town.write(anne, home, "b.txt", "une-signature-de-demain");
        assertThat(town.read(anne, file)).contains("demain");

        clamd.kill();
        clamd.knows("Entente.Test.Demain", "une-signature-de-demain".getBytes(UTF_8));
        clamd.start();
        jdbc.sql("UPDATE scanning.antivirus SET signatures = 'ClamAV 1.0/1/hier'")
                .update();
        antivirus.look();

        awaitState(file, "found");
        refused(file, "antivirus.found");
        assertThat(told("antivirus.found", givors)).containsExactly("b.txt");
    }

    @Test
    void whatItCouldNotScanOnceIsScannedAgainAndNobodyIsAlarmed() throws Exception {
        // given an antivirus whose disk is full
        try (Closeable full = clamd.says("stream: Can't create temporary file ERROR")) {
            antivirus.look();
            FileNode file = town.write(anne, home, "d.txt", "rien de mal, disque plein");
            await().untilAsserted(() -> assertThat(later(file)).isOne());

            // when there is room again, and the minute is over
            jdbc.sql("UPDATE scanning.content SET due = now() WHERE content = ?")
                    .param(contentOf(file))
                    .update();

            // then
            awaitState(file, "clean");
            assertThat(town.read(anne, file)).isEqualTo("rien de mal, disque plein");
            for (String act : List.of("antivirus.found", "antivirus.withheld", "antivirus.unscanned")) {
                assertThat(told(act, givors)).as(act).isEmpty();
            }
        }
    }

    /** Counted, still to be scanned, and put back for less than a scan may last. */
    private int later(FileNode file) {
        return jdbc.sql("""
                        SELECT count(*) FROM scanning.content WHERE content = ? AND attempts = 1 AND state = 'waiting'
                            AND due BETWEEN now() + interval '1 second' AND now() + interval '1 minute'""").param(contentOf(file)).query(Integer.class).single();
    }

    @Test
    void whatItsEndIsWithIsGivenUpAndWithheld() throws Exception {
        clamd.kill();
        antivirus.look();
        FileNode file = town.write(anne, home, "c.txt", "mortel");
        jdbc.sql("UPDATE scanning.content SET attempts = 40 WHERE content = ?")
                .param(contentOf(file))
                .update();

        clamd.start();

        awaitState(file, "failed");
        refused(file, "antivirus.failed");
        assertThat(told("antivirus.unscanned", givors)).containsExactly("c.txt");
        assertThat(told("antivirus.withheld", givors)).as("no virus was found").isEmpty();
        mvc.perform(post("/api/members/{m}/quarantine/{c}/release", givors.value(), contentOf(file))
                        .with(actors.signIn(boss.capacity())))
                .andExpect(status().isNoContent());
        assertThat(town.read(anne, file)).isEqualTo("mortel");
    }
}
