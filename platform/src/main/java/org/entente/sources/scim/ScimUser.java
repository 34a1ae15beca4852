package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.directory.AffiliationKind;
import org.jspecify.annotations.Nullable;

/**
 * What the software of a member says of one of its people: the attributes of a SCIM user (RFC 7643, 4.1) that mean something here. Others are left aside, as the
 * standard allows.
 *
 * @param kind null when the software says none that is known here
 * @param employeeNumber the payroll number, of the enterprise extension
 * @param unit where it says that the person works, of the enterprise extension
 */
record ScimUser(
        String userName,
        @Nullable String externalId,
        String givenName,
        String familyName,
        @Nullable String title,
        @Nullable AffiliationKind kind,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String employeeNumber,
        ScimUnit unit,
        boolean active) {

    static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final Set<String> KINDS = Set.of("agent", "elu", "partner", "trainee");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    /** As read from JSON whose attribute names have any case. */
    static ScimUser of(ObjectNode json) throws ScimException {
        JsonNode schemas = json.path("schemas");
        boolean user = false;
        for (JsonNode schema : schemas) {
            user |= SCHEMA.equalsIgnoreCase(schema.asText());
        }
        if (!user) {
            throw BadRequestException.invalidSyntax("schemas lacks " + SCHEMA);
        }
        String userName = needed(json, "userName");
        if (userName.length() > 254) {
            throw BadRequestException.invalidValue("userName is longer than 254 characters");
        }
        JsonNode name = json.path("name");
        String email = primary(json.path("emails"));
        return new ScimUser(
                userName,
                bounded(json, "externalId", 254),
                needed(name, "givenName", "name.givenName"),
                needed(name, "familyName", "name.familyName"),
                text(json, "title"),
                kind(text(json, "userType")),
                email != null ? email : ADDRESS.matcher(userName).matches() ? userName : null,
                primary(json.path("phoneNumbers")),
                bounded(json.path(ENTERPRISE), "employeeNumber", 60),
                ScimUnit.of(json.path(ENTERPRISE)),
                active(json.path("active")));
    }

    /** Entra ID says "Member" or "Guest", which is nothing here. */
    private static @Nullable AffiliationKind kind(@Nullable String said) {
        return said == null || !KINDS.contains(said.toLowerCase(Locale.ROOT)) ? null : AffiliationKind.of(said);
    }

    /** Entra ID says "False" where the standard says false. */
    private static boolean active(JsonNode said) throws ScimException {
        if (said.isMissingNode() || said.isNull()) {
            return true;
        }
        if (!said.isBoolean() && !said.asText().matches("(?i)true|false")) {
            throw BadRequestException.invalidValue("active is true or false");
        }
        return said.asText().equalsIgnoreCase("true");
    }

    /** The primary one, else that of work, else the first. */
    private static @Nullable String primary(JsonNode values) {
        JsonNode chosen = null;
        int best = -1;
        for (JsonNode one : values) {
            int rank = (one.path("primary").asBoolean() ? 2 : 0)
                    + ("work".equalsIgnoreCase(one.path("type").asText()) ? 1 : 0);
            if (rank > best && text(one, "value") != null) {
                best = rank;
                chosen = one;
            }
        }
        return chosen == null ? null : text(chosen, "value");
    }

    private static String needed(JsonNode of, String attribute) throws ScimException {
        return needed(of, attribute, attribute);
    }

    private static String needed(JsonNode of, String attribute, String called) throws ScimException {
        String text = text(of, attribute);
        if (text == null) {
            throw BadRequestException.invalidValue(called + " is missing");
        }
        return text;
    }

    private static @Nullable String bounded(JsonNode of, String attribute, int most) throws ScimException {
        String text = text(of, attribute);
        if (text != null && text.length() > most) {
            throw BadRequestException.invalidValue(attribute + " is longer than " + most + " characters");
        }
        return text;
    }

    private static @Nullable String text(JsonNode of, String attribute) {
        JsonNode value = of.path(attribute);
        String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
        return text.isEmpty() ? null : text;
    }
}
