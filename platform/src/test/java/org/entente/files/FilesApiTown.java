package org.entente.files;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Anne, and Zoé of another member, as their browsers ask. */
abstract class FilesApiTown extends BrowserOfAnne {

    Visitor zoe;

    @BeforeEach
    void anAgentOfAnotherMember() {
        zoe = town.agent(town.member("Corbas"), "Zoé", null);
    }

    ResultActions as(Visitor visitor, MockHttpServletRequestBuilder call) throws Exception {
        return mvc.perform(call.with(actors.signIn(visitor.capacity())));
    }

    ResultActions json(Visitor visitor, MockHttpServletRequestBuilder call, String body) throws Exception {
        return as(visitor, call.contentType(MediaType.APPLICATION_JSON).content(body));
    }

    ResultActions upload(Visitor visitor, NodeId folder, String name, String type, String text) throws Exception {
        return as(
                visitor,
                put("/api/files/nodes/{folder}/files", folder)
                        .param("name", name)
                        .contentType(type)
                        .content(text));
    }

    NodeId idOf(ResultActions answer) throws Exception {
        return NodeId.of(JsonPath.read(answer.andReturn().getResponse().getContentAsString(), "$.id"));
    }
}
