package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.ResultActions;

/** What files hold, as browsers bring and take it. */
class FileContentApiTest extends FilesApiTown {

    @Test
    void aNameThatIsTakenIsAskedAboutThenReplacedOrNumbered() throws Exception {
        upload(anne, home, "rapport.txt", "text/plain", "un").andExpect(status().isCreated());

        upload(anne, home, "rapport.txt", "text/plain", "deux")
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("file.exists"))
                .andExpect(jsonPath("$.existing.size").value(2));
        as(
                        anne,
                        put("/api/files/nodes/{n}/files", home)
                                .param("name", "rapport.txt")
                                .param("conflict", "both")
                                .content("deux"))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.name").value("rapport (2).txt"));
        NodeId replaced = idOf(as(
                        anne,
                        put("/api/files/nodes/{n}/files", home)
                                .param("name", "rapport.txt")
                                .param("conflict", "replace")
                                .content("trois"))
                .andExpect(status().isCreated()));

        String versions = as(anne, get("/api/files/nodes/{n}/versions", replaced))
                .andExpect(jsonPath("$", hasSize(1)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        String version = JsonPath.read(versions, "$[0].id");
        as(
                        anne,
                        get("/api/files/nodes/{n}/versions/{v}/content", replaced, version)
                                .header("Range", "bytes=1-1"))
                .andExpect(status().isPartialContent())
                .andExpect(content().string("n"));
        as(anne, post("/api/files/nodes/{n}/versions/{v}/restore", replaced, version))
                .andExpect(status().isOk());
        as(anne, get("/api/files/nodes/{n}/content", replaced))
                .andExpect(content().string("un"));
    }

    @Test
    void bytesComeWholeInPartOrNotAtAllWhenTheyAreKnown() throws Exception {
        NodeId file = idOf(upload(anne, home, "a.txt", "text/plain", "0123456789"));
        String etag = as(anne, get("/api/files/nodes/{n}/content", file))
                .andExpect(content().string("0123456789"))
                .andReturn()
                .getResponse()
                .getHeader("ETag");

        as(anne, get("/api/files/nodes/{n}/content", file).header("Range", "bytes=2-4"))
                .andExpect(status().isPartialContent())
                .andExpect(header().string("Content-Range", "bytes 2-4/10"))
                .andExpect(content().string("234"));
        as(anne, get("/api/files/nodes/{n}/content", file).header("Range", "bytes=-3"))
                .andExpect(content().string("789"));
        as(anne, get("/api/files/nodes/{n}/content", file).header("Range", "bytes=10-"))
                .andExpect(status().isRequestedRangeNotSatisfiable())
                .andExpect(header().string("Content-Range", "bytes */10"));
        as(
                        anne,
                        get("/api/files/nodes/{n}/content", file)
                                .header("Range", "bytes=2-4")
                                .header("If-Range", "\"other\""))
                .andExpect(status().isOk())
                .andExpect(content().string("0123456789"));
        as(anne, get("/api/files/nodes/{n}/content", file).header("If-None-Match", etag))
                .andExpect(status().isNotModified())
                .andExpect(content().string(""));
    }

    @Test
    void noFileActsAsAPageOfOurs() throws Exception {
        NodeId html = idOf(upload(anne, home, "page.html", "text/html", "<script>alert(1)</script>"));
        NodeId svg = idOf(upload(anne, home, "dessin.svg", "image/svg+xml", "<svg onload='alert(1)'/>"));
        NodeId odd = idOf(upload(anne, home, "x.xhtml", "application/xhtml+xml", "<x/>"));

        as(anne, get("/api/files/nodes/{n}/content", html).param("shown", "true"))
                .andExpect(header().string("Content-Type", startsWith("text/plain")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Content-Security-Policy", containsString("sandbox")));
        for (NodeId node : List.of(svg, odd)) {
            as(anne, get("/api/files/nodes/{n}/content", node).param("shown", "true"))
                    .andExpect(header().string("Content-Type", "application/octet-stream"))
                    .andExpect(header().string("Content-Disposition", startsWith("attachment;")));
        }
    }

    @Test
    void aNameCannotEndTheHeaderItIsIn() throws Exception {
        NodeId file = idOf(upload(anne, home, "été \"2026\"; filename=x.exe", "text/plain", "x"));

        as(anne, get("/api/files/nodes/{n}/content", file))
                .andExpect(
                        header().string(
                                        "Content-Disposition",
                                        "attachment; filename=\"_t_ _2026__ filename=x.exe\"; filename*=UTF-8''%C3%A9t%C3%A9%20%222026%22%3B%20filename%3Dx.exe"));
    }

    @Test
    void aZipHoldsWhatWasChosenUnderNamesAnyMachineUnpacksInItsPlace() throws Exception {
        NodeId one = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Un\"}"));
        NodeId two = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Deux\"}"));
        NodeId deep = idOf(json(anne, post("/api/files/nodes/{n}/folders", one), "{\"name\": \"CON\"}"));
        town.write(anne, one, "fin...", "1");
        town.write(anne, one, "a:b*c?.txt", "2");
        town.write(anne, one, "Accent é.txt", "3");
        town.write(anne, one, "accent é.TXT", "4");
        town.write(anne, deep, "dedans.txt", "5");
        FileNode first = town.write(anne, one, "même.txt", "6");
        FileNode second = town.write(anne, two, "même.txt", "7");

        Map<String, String> all = zip(as(anne, get("/api/files/zip").param("node", one.toString())));
        assertThat(all)
                .containsEntry("Un/fin_", "1")
                .containsEntry("Un/a_b_c_.txt", "2")
                .containsEntry("Un/_CON/dedans.txt", "5");
        assertThat(all.keySet())
                .allSatisfy(name -> assertThat(name).startsWith("Un/").doesNotContain("..", "\\", ":"));
        assertThat(all.keySet().stream().map(String::toLowerCase)).doesNotHaveDuplicates();
        assertThat(all.values()).contains("3", "4");

        Map<String, String> chosen = zip(as(
                anne,
                get("/api/files/zip")
                        .param("node", first.id().toString(), second.id().toString())));
        assertThat(chosen).containsExactly(Map.entry("même.txt", "6"), Map.entry("même (2).txt", "7"));
    }

    private static Map<String, String> zip(ResultActions answer) throws Exception {
        byte[] bytes = answer.andExpect(status().isOk())
                .andExpect(header().string("Content-Type", "application/zip"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        Map<String, String> found = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                found.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
