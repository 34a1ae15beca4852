package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who comes into a group and who leaves it, as a change of a patch (RFC 7644, 3.5.2). It is what clients send most, and groups are large: each is done in one
 * walk, where a filter or a list would be walked once for each of those it names.
 */
final class ScimMembership {

    private static final String MEMBERS = "members";
    private static final Pattern ONE =
            Pattern.compile("members\\[\\s*value\\s+eq\\s+\"([^\"\\\\]{1,100})\"\\s*]", Pattern.CASE_INSENSITIVE);

    private ScimMembership() {}

    /** Whether that is all it asks. @param operation whose name is in lower case */
    static boolean is(JsonNode operation) {
        String path = operation.path("path").asText();
        return switch (operation.path("op").asText()) {
            case "add" -> path.equalsIgnoreCase(MEMBERS) && named(operation);
            case "remove" ->
                path.equalsIgnoreCase(MEMBERS) && named(operation)
                        || ONE.matcher(path).matches() && !operation.has("value");
            default -> false;
        };
    }

    private static boolean named(JsonNode operation) {
        if (!operation.path("value").isArray() || operation.path("value").isEmpty()) {
            return false;
        }
        for (JsonNode one : operation.path("value")) {
            if (!one.path("value").isTextual()) {
                return false;
            }
        }
        return true;
    }

    static void apply(ObjectNode group, JsonNode operation) {
        ArrayNode members = group.path(MEMBERS) instanceof ArrayNode there ? there : group.arrayNode();
        if (operation.path("op").asText().equals("add")) {
            Set<String> in = values(members);
            for (JsonNode one : operation.path("value")) {
                if (in.add(one.path("value").asText())) {
                    members.add(one);
                }
            }
            group.set(MEMBERS, members);
            return;
        }
        Matcher one = ONE.matcher(operation.path("path").asText());
        Set<String> leave = one.matches() ? Set.of(one.group(1)) : values(operation.path("value"));
        ArrayNode stay = group.arrayNode();
        for (JsonNode member : members) {
            if (!leave.contains(member.path("value").asText())) {
                stay.add(member);
            }
        }
        group.set(MEMBERS, stay);
    }

    private static Set<String> values(JsonNode members) {
        Set<String> values = new HashSet<>();
        members.forEach(one -> values.add(one.path("value").asText()));
        return values;
    }
}
