package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spaces and folders as the browser asks for them. */
class FilesApiTest extends FilesApiTown {

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
    void aTreeThatIsBroughtAgainUsesTheFoldersThatAreThere() throws Exception {
        NodeId folder = idOf(json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\"}"));

        json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\", \"reuse\": true}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(folder.toString()));
        json(anne, post("/api/files/nodes/{n}/folders", home), "{\"name\": \"Photos\"}")
                .andExpect(status().isConflict());
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
}
