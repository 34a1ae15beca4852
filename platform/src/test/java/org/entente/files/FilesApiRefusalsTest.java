package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What browsers are refused, and how it is told. */
class FilesApiRefusalsTest extends FilesApiTown {

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
