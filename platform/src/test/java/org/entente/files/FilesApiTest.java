package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
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
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.entente.directory.MemberId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The files as the browser asks for them. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class})
class FilesApiTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    MemberId givors;
    Visitor anne;
    Visitor zoe;
    NodeId home;

    @BeforeEach
    void twoAgentsOfTwoMembers() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        zoe = town.agent(town.member("Corbas"), "Zoé", null);
        home = town.home(anne);
    }

    private ResultActions as(Visitor visitor, MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.with(actors.signIn(visitor.capacity())));
    }

    private ResultActions json(Visitor visitor, MockHttpServletRequestBuilder call, String body) throws Exception {
        return as(visitor, call.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions upload(Visitor visitor, NodeId folder, String name, String type, String text)
            throws Exception {
        return as(
                visitor,
                put("/api/files/nodes/{folder}/files", folder)
                        .param("name", name)
                        .contentType(type)
                        .content(text));
    }

    private NodeId idOf(ResultActions answer) throws Exception {
        return NodeId.of(JsonPath.read(answer.andReturn().getResponse().getContentAsString(), "$.id"));
    }

    @Test
    void theSpacesAreToldAndAPlaceKnowsItsWayUp() throws Exception {
        NodeId folder = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Conseil\"}")
                .andExpect(status().isCreated()));
        NodeId below = idOf(json(anne, post("/api/files/nodes/{n}/folders", folder), "{\"name\": \"Décembre\"}"));

        as(anne, get("/api/files/spaces"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].kind").value("mine"))
                .andExpect(jsonPath("$[0].root").value(home.toString()));
        as(anne, get("/api/files/nodes/{n}", below))
                .andExpect(jsonPath("$.trail[*].name", contains("", "Conseil", "Décembre")))
                .andExpect(jsonPath("$.space.kind").value("mine"))
                .andExpect(jsonPath("$.node.changedBy.name").value("Anne Essai"))
                .andExpect(jsonPath("$.node.role").value("manage"));
    }

    @Test
    void aFolderIsReadPageByPageEvenWhenTheLastOneOfAPageIsRenamedMeanwhile() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            town.write(anne, home, name, name);
        }
        String first = as(anne, get("/api/files/nodes/{n}/children", home).param("limit", "2"))
                .andExpect(jsonPath("$.items[*].name", contains("a", "b")))
                .andReturn()
                .getResponse()
                .getContentAsString();
        NodeId last = NodeId.of(JsonPath.read(first, "$.items[1].id"));
        json(anne, patch("/api/files/nodes/{n}", last), "{\"name\": \"z\"}").andExpect(status().isOk());

        as(
                        anne,
                        get("/api/files/nodes/{n}/children", home)
                                .param("limit", "2")
                                .param("after", JsonPath.<String>read(first, "$.next")))
                .andExpect(jsonPath("$.items[*].name", contains("c", "d")));
        as(anne, get("/api/files/nodes/{n}/children", home).param("limit", "9"))
                .andExpect(jsonPath("$.items[*].name", contains("a", "c", "d", "e", "z")))
                .andExpect(jsonPath("$.next", nullValue()));
    }

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
    void aTreeThatIsBroughtAgainUsesTheFoldersThatAreThere() throws Exception {
        NodeId folder = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\"}"));

        json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\", \"reuse\": true}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(folder.toString()));
        json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\"}")
                .andExpect(status().isConflict());
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

    @Test
    void ofManyThatMoveTheOnesThatCannotAreTold() throws Exception {
        NodeId to = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Là\"}"));
        FileNode free = town.write(anne, home, "libre.txt", "1");
        FileNode taken = town.write(anne, home, "pris.txt", "2");
        town.write(anne, to, "pris.txt", "déjà");
        String body = "{\"nodes\": [\"%s\", \"%s\"], \"to\": \"%s\", \"conflict\": \"%s\"}";

        json(anne, post("/api/files/move"), body.formatted(free.id(), taken.id(), to, "refuse"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.done[*].name", contains("libre.txt")))
                .andExpect(jsonPath("$.failed[*].code", contains("file.exists")))
                .andExpect(jsonPath("$.failed[0].detail", containsString("pris.txt")));
        json(anne, post("/api/files/copy"), body.formatted(taken.id(), taken.id(), to, "both"))
                .andExpect(jsonPath("$.done[*].name", contains("pris (2).txt")));
        json(anne, post("/api/files/move"), body.formatted(to, to, to, "refuse"))
                .andExpect(jsonPath("$.failed[0].code").value("file.into-itself"));
        assertThat(town.names(anne, to)).containsExactlyInAnyOrder("libre.txt", "pris (2).txt", "pris.txt");
    }

    @Test
    void whatIsThrownAwayComesBackOrGoesForGood() throws Exception {
        FileNode file = town.write(anne, home, "a.txt", "1");
        FileNode other = town.write(anne, home, "b.txt", "2");
        SpaceId space = file.space();
        json(anne, post("/api/files/trash"), "{\"nodes\": [\"%s\", \"%s\"]}".formatted(file.id(), other.id()))
                .andExpect(status().isNoContent());

        String page = as(anne, get("/api/files/spaces/{s}/bin", space).param("limit", "1"))
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andReturn()
                .getResponse()
                .getContentAsString();
        as(anne, get("/api/files/spaces/{s}/bin", space).param("before", JsonPath.<String>read(page, "$.next")))
                .andExpect(jsonPath("$.items", hasSize(1)))
                .andExpect(jsonPath("$.items[0].by").value("Anne Essai"))
                .andExpect(jsonPath("$.next", nullValue()));
        json(anne, post("/api/files/bin/restore"), "{\"nodes\": [\"%s\", \"%s\"]}".formatted(file.id(), home))
                .andExpect(jsonPath("$.done[*].name", contains("a.txt")))
                .andExpect(jsonPath("$.failed[*].code", contains("file.unknown")));
        json(anne, post("/api/files/bin/erase"), "{\"nodes\": [\"%s\"]}".formatted(other.id()))
                .andExpect(status().isNoContent());
        as(anne, delete("/api/files/spaces/{s}/bin", space)).andExpect(status().isNoContent());
        assertThat(town.names(anne, home)).containsExactly("a.txt");
    }

    @Test
    void whatIsSharedIsReadAndNotChangedAndSaysWhy() throws Exception {
        FileNode folder = files.makeFolder(anne, home, "Partagé");
        FileNode file = town.write(anne, folder.id(), "a.txt", "1");
        String share =
                "{\"to\": {\"kind\": \"CAPACITY\", \"id\": \"%s\"}, \"role\": \"read\"}".formatted(zoe.capacity());

        json(zoe, put("/api/files/nodes/{n}/shares", folder.id()), share).andExpect(status().isNotFound());
        json(anne, put("/api/files/nodes/{n}/shares", folder.id()), share).andExpect(status().isNoContent());

        as(zoe, get("/api/files/shared")).andExpect(jsonPath("$[*].name", contains("Partagé")));
        as(zoe, get("/api/files/nodes/{n}", folder.id())).andExpect(jsonPath("$.space", nullValue()));
        as(zoe, get("/api/files/nodes/{n}/content", file.id()))
                .andExpect(content().string("1"));
        upload(zoe, folder.id(), "b.txt", "text/plain", "2")
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("file.read-only"));
        String access = as(anne, get("/api/files/nodes/{n}/access", file.id()))
                .andExpect(jsonPath("$[?(@.name == 'Zoé Essai')].atName", contains("Partagé")))
                .andReturn()
                .getResponse()
                .getContentAsString();
        as(anne, get("/api/files/given")).andExpect(jsonPath("$[*].node.name", contains("Partagé")));
        List<String> ids = JsonPath.read(access, "$[?(@.name == 'Zoé Essai')].share");
        as(anne, delete("/api/files/nodes/{n}/shares/{s}", folder.id(), ids.getFirst()))
                .andExpect(status().isNoContent());
        as(zoe, get("/api/files/nodes/{n}", file.id())).andExpect(status().isNotFound());
    }

    @Test
    void aSpaceOfSeveralIsOpenedNamedAndFound() throws Exception {
        String space = JsonPath.read(
                json(anne, post("/api/files/spaces"), "{\"name\": \"Mobilités\"}")
                        .andExpect(status().isCreated())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(),
                "$.id");
        json(anne, patch("/api/files/spaces/{s}", space), "{\"name\": \"Mobilités 2027\"}")
                .andExpect(jsonPath("$.name").value("Mobilités 2027"));
        json(zoe, patch("/api/files/spaces/{s}", space), "{\"name\": \"À moi\"}")
                .andExpect(status().isNotFound());
        town.write(anne, home, "Délibération 118.pdf", "x");

        as(anne, get("/api/files/search").param("q", "delib 118"))
                .andExpect(jsonPath("$.items[*].node.name", contains("Délibération 118.pdf")));
        as(zoe, get("/api/files/search").param("q", "delib 118")).andExpect(jsonPath("$.items", hasSize(0)));
    }

    @Test
    void whatIsAnothersDoesNotExist() throws Exception {
        FileNode file = town.write(anne, home, "a.txt", "1");
        FileNode mine = town.write(zoe, town.home(zoe), "b.txt", "2");
        String nodes = "{\"nodes\": [\"" + file.id() + "\"]}";
        String moved = "{\"nodes\": [\"%s\"], \"to\": \"%s\"}";

        for (MockHttpServletRequestBuilder call : List.of(
                get("/api/files/nodes/{n}", file.id()),
                get("/api/files/nodes/{n}/children", home),
                get("/api/files/nodes/{n}/content", file.id()),
                get("/api/files/nodes/{n}/versions", file.id()),
                get("/api/files/nodes/{n}/versions/{v}/content", file.id(), UUID.randomUUID()),
                get("/api/files/nodes/{n}/access", file.id()),
                get("/api/files/zip").param("node", file.id().toString()),
                get("/api/files/spaces/{s}/bin", file.space()),
                delete("/api/files/spaces/{s}/bin", file.space()),
                put("/api/files/nodes/{n}/files", home).param("name", "x").content("x"))) {
            as(zoe, call).andExpect(status().isNotFound());
        }
        json(zoe, patch("/api/files/nodes/{n}", file.id()), "{\"name\": \"x\"}").andExpect(status().isNotFound());
        json(zoe, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"x\"}")
                .andExpect(status().isNotFound());
        json(zoe, post("/api/files/trash"), nodes).andExpect(status().isNotFound());
        json(zoe, post("/api/files/move"), moved.formatted(mine.id(), home)).andExpect(status().isNotFound());
        json(zoe, post("/api/files/copy"), moved.formatted(file.id(), town.home(zoe)))
                .andExpect(jsonPath("$.failed[*].code", contains("file.unknown")));
        json(zoe, post("/api/files/bin/restore"), nodes).andExpect(jsonPath("$.failed", hasSize(1)));
        assertThat(town.names(anne, home)).containsExactly("a.txt");
        assertThat(town.names(zoe, town.home(zoe))).containsExactly("b.txt");
    }

    @Test
    void wrongInputIsToldAndNothingFails() throws Exception {
        FileNode file = town.write(anne, home, "a.txt", "1");
        for (String cursor : List.of("zzz", "%%%", "ZA", "w7w")) {
            as(anne, get("/api/files/nodes/{n}/children", home).param("after", cursor))
                    .andExpect(status().isUnprocessableContent());
            as(anne, get("/api/files/spaces/{s}/bin", file.space()).param("before", cursor))
                    .andExpect(status().isUnprocessableContent());
        }
        json(anne, post("/api/files/trash"), "{}").andExpect(status().isUnprocessableContent());
        json(anne, post("/api/files/trash"), "{\"nodes\": [null]}").andExpect(status().isUnprocessableContent());
        json(anne, post("/api/files/trash"), "{\"nodes\": [\"x\"]}").andExpect(status().isBadRequest());
        json(anne, post("/api/files/move"), "{\"nodes\": [\"" + file.id() + "\"]}")
                .andExpect(status().isUnprocessableContent());
        json(anne, patch("/api/files/nodes/{n}", home), "{\"name\": \"x\"}").andExpect(status().isConflict());
        json(anne, patch("/api/files/nodes/{n}", file.id()), "{\"name\": \"a/b\"}")
                .andExpect(status().isUnprocessableContent());
        json(
                        anne,
                        put("/api/files/nodes/{n}/shares", file.id()),
                        "{\"to\": {\"id\": \"" + home + "\"}, \"role\": \"read\"}")
                .andExpect(status().isUnprocessableContent());
        as(
                        anne,
                        put("/api/files/nodes/{n}/files", home)
                                .param("name", "x")
                                .param("conflict", "maybe")
                                .content("x"))
                .andExpect(status().isUnprocessableContent());
        as(anne, put("/api/files/nodes/{n}/files", file.id()).param("name", "x").content("x"))
                .andExpect(status().isConflict());
        as(anne, get("/api/files/nodes/{n}/content", home)).andExpect(status().isConflict());
        as(anne, get("/api/files/nodes/not-an-id")).andExpect(status().isNotFound());
    }
}
