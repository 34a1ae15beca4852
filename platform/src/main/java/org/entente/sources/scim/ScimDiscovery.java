package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import com.unboundid.scim2.common.utils.SchemaUtils;
import java.beans.IntrospectionException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What this server can do, for clients that ask first (RFC 7644, 4). */
@Component
class ScimDiscovery {

    private static final int MOST_RESULTS = 200;
    private static final int MOST_BYTES = 1024 * 1024;

    /** What means something here, of all that the standard names. */
    private static final Set<String> TAKEN = Set.of(
            "userName",
            "name",
            "displayName",
            "title",
            "userType",
            "active",
            "emails",
            "phoneNumbers",
            "members",
            "employeeNumber",
            "organization",
            "division",
            "department");

    private static final Map<String, String> MUTABILITY = Map.of("userType", "immutable");

    private final ObjectNode user = schema(UserResource.class);
    private final ObjectNode enterprise = schema(EnterpriseUserExtension.class);
    private final ObjectNode group = schema(GroupResource.class);

    /** @param path after the base address, such as {@code /Schemas} */
    ObjectNode answer(String path, String base) throws ScimException {
        return switch (path) {
            case "/ServiceProviderConfig" -> config(base);
            case "/ResourceTypes" -> ScimJson.list(List.of(userType(base), groupType(base)), 2, 1);
            case "/ResourceTypes/User" -> userType(base);
            case "/ResourceTypes/Group" -> groupType(base);
            case "/Schemas" ->
                ScimJson.list(List.of(located(user, base), located(enterprise, base), located(group, base)), 3, 1);
            case "/Schemas/" + ScimUser.SCHEMA -> located(user, base);
            case "/Schemas/" + ScimUser.ENTERPRISE -> located(enterprise, base);
            case "/Schemas/" + ScimGroup.SCHEMA -> located(group, base);
            default -> throw new ResourceNotFoundException("There is no " + path);
        };
    }

    private static ObjectNode config(String base) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
        json.putObject("patch").put("supported", true);
        json.putObject("bulk")
                .put("supported", true)
                .put("maxOperations", ScimBulk.MOST_OPERATIONS)
                .put("maxPayloadSize", MOST_BYTES);
        json.putObject("filter").put("supported", true).put("maxResults", MOST_RESULTS);
        json.putObject("changePassword").put("supported", false);
        json.putObject("sort").put("supported", false);
        json.putObject("etag").put("supported", true);
        json.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer")
                .put("description", "A token made by an administrator of the member")
                .put("specUri", "https://www.rfc-editor.org/rfc/rfc6750")
                .put("primary", true);
        json.putObject("meta")
                .put("resourceType", "ServiceProviderConfig")
                .put("location", base + "/ServiceProviderConfig");
        return json;
    }

    private static ObjectNode userType(String base) {
        ObjectNode json = type("User", "An affiliation of the member", ScimUser.SCHEMA, base);
        json.putArray("schemaExtensions")
                .addObject()
                .put("schema", ScimUser.ENTERPRISE)
                .put("required", false);
        return json;
    }

    private static ObjectNode groupType(String base) {
        return type("Group", "A group of people of the member, for which it subscribes", ScimGroup.SCHEMA, base);
    }

    private static ObjectNode type(String name, String description, String schema, String base) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ResourceType");
        json.put("id", name)
                .put("name", name)
                .put("endpoint", "/" + name + "s")
                .put("description", description)
                .put("schema", schema);
        json.putObject("meta").put("resourceType", "ResourceType").put("location", base + "/ResourceTypes/" + name);
        return json;
    }

    private static ObjectNode located(ObjectNode schema, String base) {
        ObjectNode json = schema.deepCopy();
        json.putObject("meta")
                .put("resourceType", "Schema")
                .put("location", base + "/Schemas/" + schema.path("id").asText());
        return json;
    }

    private static ObjectNode schema(Class<?> type) {
        try {
            ObjectNode schema = JsonUtils.valueToNode(SchemaUtils.getSchema(type));
            ArrayNode taken = JsonUtils.getJsonNodeFactory().arrayNode();
            for (JsonNode attribute : schema.path("attributes")) {
                String name = attribute.path("name").asText();
                if (attribute instanceof ObjectNode one && TAKEN.contains(name)) {
                    // A person's is made of their names; a group has no other.
                    String mutability = name.equals("displayName") && type == UserResource.class
                            ? "readOnly"
                            : MUTABILITY.get(name);
                    taken.add(mutability == null ? one : one.put("mutability", mutability));
                }
            }
            schema.set("attributes", taken);
            return schema;
        } catch (IntrospectionException e) {
            throw new IllegalStateException(e);
        }
    }
}
