package org.entente.sources.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ScimMembershipTest {

    @Test
    void thoseWhoComeAndGoAreDoneInOneWalkEachInTheOrderSaid() throws Exception {
        ObjectNode group = ScimJson.read("""
                {"displayName": "G", "members": [{"value": "a", "display": "A"}, {"value": "b"}, {"value": "c"}]}""");
        ObjectNode now = ScimJson.patched(group, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
                 {"op": "Add", "path": "members", "value": [{"value": "d"}, {"value": "a"}]},
                 {"op": "remove", "path": "members[value eq \\"b\\"]"},
                 {"op": "replace", "path": "displayName", "value": "H"},
                 {"op": "Remove", "path": "members", "value": [{"value": "c"}, {"value": "d"}, {"value": "z"}]},
                 {"op": "add", "path": "members", "value": [{"value": "b"}]}]}""");

        assertThat(values(now)).containsExactly("a", "b");
        assertThat(now.path("displayName").asText()).isEqualTo("H");
        assertThat(now.path("members").path(0).path("display").asText()).isEqualTo("A");
    }

    @Test
    void whatAsksForMoreIsLeftToThePatchesOfTheStandard() throws Exception {
        for (String operation : List.of(
                "{\"op\": \"remove\", \"path\": \"members\"}",
                "{\"op\": \"remove\", \"path\": \"members[display eq \\\"A\\\"]\"}",
                "{\"op\": \"replace\", \"path\": \"members\", \"value\": [{\"value\": \"a\"}]}",
                "{\"op\": \"add\", \"value\": {\"members\": [{\"value\": \"a\"}]}}",
                "{\"op\": \"add\", \"path\": \"members\", \"value\": [\"a\"]}")) {
            assertThat(ScimMembership.is(ScimJson.read(operation)))
                    .as(operation)
                    .isFalse();
        }
    }

    private static List<String> values(JsonNode group) {
        return StreamSupport.stream(group.path("members").spliterator(), false)
                .map(one -> one.path("value").asText())
                .toList();
    }
}
