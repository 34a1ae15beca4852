package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.reading.ReadNow;
import org.entente.reading.TextState;
import org.entente.testing.TestClamd;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** Nobody is served what a real antivirus did not find clean, whichever way they come. */
class AntivirusTest extends ScannedTown {

    @Autowired
    FileLinks links;

    @Autowired
    FileHistory history;

    @Autowired
    ReadNow reading;

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
    void whatIsTooLargeIsServedAndSaidNotToBeScanned() throws Exception {
        FileNode large = write(anne, home, "grand.bin", new byte[1_100_000]);

        assertThat(state(large)).isEqualTo("large");
        mvc.perform(get("/api/files/nodes/{n}/content", large.id()).with(actors.signIn(anne.capacity())))
                .andExpect(status().isOk());
        mvc.perform(get("/api/files/nodes/{n}/children", home).with(actors.signIn(anne.capacity())))
                .andExpect(jsonPath("$.items[0].scan.state").value("LARGE"))
                .andExpect(jsonPath("$.items[0].scan.withheld").value(false));
    }
}
