package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;

/**
 * What the software of a member says of a group (RFC 7643, 4.2).
 *
 * @param members users, never groups: a group of the directory has people in it
 */
record ScimGroup(String displayName, @Nullable String externalId, Set<AffiliationId> members) {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private static final int LONGEST_NAME = 60;
    private static final int MOST_MEMBERS = 50_000;

    static ScimGroup of(ObjectNode json) throws ScimException {
        boolean group = false;
        for (JsonNode schema : json.path("schemas")) {
            group |= SCHEMA.equalsIgnoreCase(schema.asText());
        }
        if (!group) {
            throw BadRequestException.invalidSyntax("schemas lacks " + SCHEMA);
        }
        String name = json.path("displayName").asText("").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw BadRequestException.invalidValue("displayName has 1 to " + LONGEST_NAME + " characters");
        }
        String external = json.path("externalId").asText("").strip();
        if (external.length() > 254) {
            throw BadRequestException.invalidValue("externalId is longer than 254 characters");
        }
        return new ScimGroup(name, external.isEmpty() ? null : external, members(json.path("members")));
    }

    private static Set<AffiliationId> members(JsonNode said) throws ScimException {
        if (said.size() > MOST_MEMBERS) {
            throw BadRequestException.tooMany("A group has at most " + MOST_MEMBERS + " members");
        }
        Set<AffiliationId> members = new LinkedHashSet<>();
        for (JsonNode one : said) {
            String value = one.path("value").asText("");
            try {
                members.add(new AffiliationId(UUID.fromString(value)));
            } catch (IllegalArgumentException notOne) {
                throw BadRequestException.invalidValue("members: there is no user " + value);
            }
        }
        return members;
    }
}
