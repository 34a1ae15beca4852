package org.entente.sources.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Users, lists and patches as SCIM writes them. */
final class ScimJson {

    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private static final int MOST_OPERATIONS = 100;

    private ScimJson() {}

    static ObjectNode read(String body) throws ScimException {
        try {
            if (JsonUtils.getObjectReader().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalidSyntax("The body is not JSON: " + e.getOriginalMessage());
        }
        throw BadRequestException.invalidSyntax("The body is not an object");
    }

    /** A weak entity tag of everything that is shown, whoever changed it. */
    static String version(Record shown) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(shown.toString().getBytes(UTF_8));
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 8) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode write(ScimUsers.Shown user, String base) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add(ScimUser.SCHEMA).add(ScimUser.ENTERPRISE);
        json.put("id", user.id().toString());
        if (user.externalId() != null) {
            json.put("externalId", user.externalId());
        }
        String given = user.names().givenName();
        String family = user.names().usualName();
        json.put("userName", user.userName());
        json.putObject("name").put("givenName", given).put("familyName", family).put("formatted", given + " " + family);
        json.put("displayName", given + " " + family);
        json.put("title", user.function());
        json.put("userType", user.kind());
        json.put("active", user.active());
        work(json, "emails", user.address());
        work(json, "phoneNumbers", user.phone());
        ObjectNode enterprise = json.putObject(ScimUser.ENTERPRISE);
        if (user.reference() != null) {
            enterprise.put("employeeNumber", user.reference());
        }
        said(enterprise, "organization", user.unit().organization());
        said(enterprise, "division", user.unit().division());
        said(enterprise, "department", user.unit().department());
        json.putObject("meta")
                .put("resourceType", "User")
                .put("created", user.madeAt().toString())
                .put("lastModified", user.changedAt().toString())
                .put("location", base + "/Users/" + user.id())
                .put("version", version(user));
        return json;
    }

    /** @param members whether to tell who is in it */
    static ObjectNode write(ScimGroups.Shown group, String base, boolean members) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add(ScimGroup.SCHEMA);
        json.put("id", group.id().toString());
        if (group.externalId() != null) {
            json.put("externalId", group.externalId());
        }
        json.put("displayName", group.displayName());
        if (members) {
            ArrayNode all = json.putArray("members");
            group.members()
                    .forEach(one -> all.addObject()
                            .put("value", one.user().toString())
                            .put("$ref", base + "/Users/" + one.user())
                            .put("type", "User")
                            .put("display", one.name()));
        }
        json.putObject("meta")
                .put("resourceType", "Group")
                .put("created", group.madeAt().toString())
                .put("lastModified", group.changedAt().toString())
                .put("location", base + "/Groups/" + group.id())
                .put("version", version(group));
        return json;
    }

    private static void said(ObjectNode json, String attribute, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            json.put(attribute, value);
        }
    }

    private static void work(ObjectNode json, String attribute, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            json.putArray(attribute)
                    .addObject()
                    .put("value", value)
                    .put("type", "work")
                    .put("primary", true);
        }
    }

    static ObjectNode list(Iterable<ObjectNode> resources, long total, int startIndex) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add(LIST);
        json.put("totalResults", total).put("startIndex", startIndex);
        ArrayNode all = json.putArray("Resources");
        resources.forEach(all::add);
        json.put("itemsPerPage", all.size());
        return json;
    }

    /** The user as a patch (RFC 7644, 3.5.2) would have it; Entra ID writes operations with a capital. */
    static ObjectNode patched(ObjectNode user, String body) throws ScimException {
        ObjectNode asked = read(body);
        JsonNode operations = asked.path("Operations");
        if (!operations.isArray() || operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
            throw BadRequestException.invalidSyntax("Operations is a list of 1 to " + MOST_OPERATIONS + " changes");
        }
        ObjectNode now = read(user.toString());
        List<JsonNode> together = new ArrayList<>();
        for (JsonNode operation : inTheStandardsWords(operations)) {
            if (ScimMembership.is(operation)) {
                now = applied(now, asked, together);
                together.clear();
                ScimMembership.apply(now, operation);
            } else {
                together.add(operation);
            }
        }
        return applied(now, asked, together);
    }

    private static ObjectNode applied(ObjectNode to, ObjectNode asked, List<JsonNode> operations) throws ScimException {
        if (operations.isEmpty()) {
            return to;
        }
        ObjectNode patch = asked.deepCopy();
        patch.putArray("Operations").addAll(operations);
        GenericScimResource resource = new GenericScimResource(to);
        try {
            JsonUtils.getObjectReader()
                    .forType(PatchRequest.class)
                    .<PatchRequest>readValue(patch)
                    .apply(resource);
        } catch (IOException | RuntimeException e) { // the library casts what a patch brings to what it expects
            throw BadRequestException.invalidSyntax("This patch is not understood");
        }
        return resource.getObjectNode();
    }

    /** Entra ID writes operations with a capital, and takes members out of a list by naming them instead of by a filter. */
    private static ArrayNode inTheStandardsWords(JsonNode operations) {
        ArrayNode said = JsonUtils.getJsonNodeFactory().arrayNode();
        for (JsonNode operation : operations) {
            if (operation instanceof ObjectNode one && one.path("op").isTextual()) {
                one.put("op", one.path("op").asText().toLowerCase(Locale.ROOT));
                if (one.path("op").asText().equals("remove")
                        && one.path("value").isArray()
                        && one.path("path").asText().matches("\\w+")
                        && !ScimMembership.is(one)) {
                    for (JsonNode value : one.path("value")) {
                        String filter = "[value eq " + value.path("value").toString() + "]";
                        said.addObject()
                                .put("op", "remove")
                                .put("path", one.path("path").asText() + filter);
                    }
                    continue;
                }
            }
            said.add(operation);
        }
        return said;
    }
}
