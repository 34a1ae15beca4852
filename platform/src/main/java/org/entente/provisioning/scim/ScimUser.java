package org.entente.provisioning.scim;

import java.util.UUID;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An account in SCIM's words: a user of the core schema, and what the enterprise extension says of the post. */
record ScimUser(JsonMapper json) {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /** The professional address; an account without one is named by its capacity. */
    String userName(DesiredAccount account) {
        String address = account.capacity().address();
        return address == null ? account.capacity().id().toString() : address;
    }

    ObjectNode write(DesiredAccount account) {
        ObjectNode user = json.createObjectNode();
        user.putArray("schemas").add(CORE).add(ENTERPRISE);
        user.put("externalId", account.account().toString());
        user.put("userName", userName(account));
        user.putObject("name")
                .put("givenName", account.person().givenName())
                .put("familyName", account.person().usualName());
        user.put(
                "displayName",
                account.person().givenName() + " " + account.person().usualName());
        user.put("title", account.capacity().function());
        user.put("userType", account.capacity().kind());
        user.put("preferredLanguage", account.person().language());
        user.put("active", account.state() == State.ACTIVE);
        String address = account.capacity().address();
        if (address != null) {
            user.putArray("emails")
                    .addObject()
                    .put("value", address)
                    .put("type", "work")
                    .put("primary", true);
        }
        ArrayNode roles = user.putArray("roles");
        account.roles().stream().sorted().forEach(role -> roles.addObject().put("value", role));
        ObjectNode post = user.putObject(ENTERPRISE)
                .put("organization", account.capacity().memberName());
        String unit = account.capacity().unit();
        if (unit != null) {
            post.put("department", unit);
        }
        return user;
    }

    /** Replaces what Entente keeps and leaves what the application added alone; a cut touches nothing but {@code active}. */
    ObjectNode patch(DesiredAccount account) {
        ObjectNode patch = json.createObjectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        ObjectNode values = write(account);
        values.remove("schemas");
        if (account.state() != State.ACTIVE) {
            values = json.createObjectNode().put("active", false);
        }
        ArrayNode operations = patch.putArray("Operations");
        operations.addObject().put("op", "replace").set("value", values);
        return patch;
    }

    /** For a server that cannot patch: everything it holds, with our values over it. */
    ObjectNode merged(JsonNode there, ObjectNode wanted) {
        ObjectNode merged = ((ObjectNode) there).deepCopy();
        wanted.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        return merged;
    }

    ActualAccount actual(JsonNode user) {
        return new ActualAccount(user.path("id").asString(), owner(user), active(user), fingerprint(user));
    }

    static boolean active(JsonNode user) {
        return user.path("active").asBoolean(false);
    }

    /** What Entente writes, in one order, as the server gives it back. */
    String fingerprint(JsonNode user) {
        StringBuilder text = new StringBuilder();
        for (String field :
                new String[] {"externalId", "userName", "displayName", "title", "userType", "preferredLanguage"}) {
            text.append(user.path(field).asString("")).append('\n');
        }
        text.append(user.path("name").path("givenName").asString("")).append('\n');
        text.append(user.path("name").path("familyName").asString("")).append('\n');
        text.append(user.path("emails").path(0).path("value").asString("")).append('\n');
        user.path("roles")
                .forEach(role -> text.append(role.path("value").asString("")).append(','));
        JsonNode post = user.path(ENTERPRISE);
        text.append('\n').append(post.path("organization").asString(""));
        text.append('\n').append(post.path("department").asString(""));
        return text.toString();
    }

    private static @Nullable UUID owner(JsonNode user) {
        try {
            return UUID.fromString(user.path("externalId").asString(""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
