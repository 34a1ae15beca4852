package org.entente.sources.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/**
 * Many changes in one request (RFC 7644, 3.7), one after another, each done or not by itself. New users that follow one another are made in a few
 * statements; only if one of them cannot be made is each tried alone, so that each is answered.
 */
@Service
class ScimBulk {

    static final int MOST_OPERATIONS = 1000;

    private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
    private static final int AT_ONCE = 200;
    private static final Pattern PATH = Pattern.compile("/(Users|Groups)(?:/([^/?]{1,100}))?");
    private static final Pattern REFERENCE = Pattern.compile("\"bulkId:([^\"]{1,100})\"");

    private final ScimUserResources users;
    private final ScimGroupResources groups;
    private final ScimArrivals arrivals;
    private final ScimProblems problems;
    private final Clock clock;
    private final Duration longest;

    /** Software that is at one, on this node. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    ScimBulk(
            ScimUserResources users,
            ScimGroupResources groups,
            ScimArrivals arrivals,
            ScimProblems problems,
            Clock clock,
            @Value("${entente.scim.bulk-longest:1m}") Duration longest) {
        this.clock = clock;
        this.longest = longest;
        this.users = users;
        this.arrivals = arrivals;
        this.groups = groups;
        this.problems = problems;
    }

    /** One request, and what became of it so far. */
    private static final class Run {
        private final ScimCall call;
        private final Locale locale;
        private final Instant until;
        private final Map<String, String> made = new HashMap<>();
        private final ArrayNode answers = JsonUtils.getJsonNodeFactory().arrayNode();
        private int failed;

        private Run(ScimCall call, Locale locale, Instant until) {
            this.until = until;
            this.call = call;
            this.locale = locale;
        }
    }

    /** One at a time of one software, and none without an end: what is left of it by then is answered as not done. */
    ObjectNode run(ScimCall call, String body, Locale locale) throws ScimException {
        String caller = call.caller();
        if (!busy.add(caller)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "scim.bulk");
        }
        try {
            return all(call, body, locale);
        } finally {
            busy.remove(caller);
        }
    }

    private ObjectNode all(ScimCall call, String body, Locale locale) throws ScimException {
        ObjectNode request = ScimJson.read(body);
        JsonNode operations = request.path("Operations");
        if (!request.path("schemas").toString().contains(REQUEST) || !operations.isArray() || operations.isEmpty()) {
            throw BadRequestException.invalidSyntax("This is not a " + REQUEST);
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw new ScimException(413, "At most " + MOST_OPERATIONS + " operations", null);
        }
        int most = request.path("failOnErrors").asInt(Integer.MAX_VALUE);
        Run run = new Run(call, locale, clock.instant().plus(longest));
        int next = 0;
        while (next < operations.size() && run.failed < Math.max(1, most)) {
            // Where the client wants an early stop, whatever comes after the mistake must not have been done.
            List<JsonNode> news = most == Integer.MAX_VALUE && clock.instant().isBefore(run.until)
                    ? newUsers(operations, next)
                    : List.of();
            if (news.size() > 1) {
                createTogether(run, news);
                next += news.size();
            } else {
                alone(run, operations.get(next));
                next++;
            }
        }
        ObjectNode answer = JsonUtils.getJsonNodeFactory().objectNode();
        answer.putArray("schemas").add(RESPONSE);
        answer.set("Operations", run.answers);
        return answer;
    }

    private static List<JsonNode> newUsers(JsonNode operations, int from) {
        List<JsonNode> news = new ArrayList<>();
        for (int at = from; at < operations.size() && news.size() < AT_ONCE && isNewUser(operations.get(at)); at++) {
            news.add(operations.get(at));
        }
        return news;
    }

    private static boolean isNewUser(JsonNode operation) {
        return operation.path("method").asText().equalsIgnoreCase("POST")
                && operation.path("path").asText().equals("/Users");
    }

    private void createTogether(Run run, List<JsonNode> news) {
        try {
            List<ScimUser> asked = new ArrayList<>();
            for (JsonNode one : news) {
                asked.add(ScimUser.of(data(run, one)));
            }
            List<ScimUsers.Shown> made = arrivals.createAll(run.call, asked);
            for (int at = 0; at < news.size(); at++) {
                done(run, news.get(at), 201, "/Users/" + made.get(at).id(), ScimJson.version(made.get(at)));
            }
        } catch (ScimException | Refusal | DataAccessException oneIsWrong) {
            news.forEach(one -> alone(run, one));
        }
    }

    private void alone(Run run, JsonNode operation) {
        ResponseEntity<String> refused;
        try {
            if (!clock.instant().isBefore(run.until)) {
                throw new ScimException(503, "Not done: the request took too long. Send what is left again", null);
            }
            operate(run, operation);
            return;
        } catch (ScimException e) {
            refused = problems.refused(e);
        } catch (Refusal e) {
            refused = problems.refused(e, run.locale);
        } catch (DataAccessException e) {
            refused = problems.notKept(e);
        }
        run.failed++;
        ObjectNode answer = answer(run, operation, refused.getStatusCode().value());
        try {
            answer.set("response", ScimJson.read(String.valueOf(refused.getBody())));
        } catch (ScimException e) {
            throw new IllegalStateException(e);
        }
    }

    private void operate(Run run, JsonNode operation) throws ScimException {
        String method = operation.path("method").asText().toUpperCase(Locale.ROOT);
        Matcher path = PATH.matcher(resolved(run, operation.path("path").asText()));
        boolean creates = method.equals("POST");
        if (!path.matches() || creates == (path.group(2) != null)) {
            throw BadRequestException.invalidValue("path is /Users or /Groups to POST, with an id for anything else");
        }
        ScimResources resources = path.group(1).equals("Users") ? users : groups;
        if (creates) {
            done(run, operation, 201, resources, resources.create(run.call, data(run, operation)));
            return;
        }
        UUID id = resources.id(path.group(2));
        ObjectNode said = method.equals("DELETE") ? null : data(run, operation);
        ScimResources.Answer now = resources.apply(method, run.call, id, version(operation), said);
        if (now == null) {
            done(run, operation, 204, resources.path() + "/" + id, null);
        } else {
            done(run, operation, 200, resources, now);
        }
    }

    private static @Nullable String version(JsonNode operation) {
        return operation.path("version").isTextual() ? operation.path("version").asText() : null;
    }

    /** With the ids of what was made before in place of {@code bulkId:…}. */
    private static ObjectNode data(Run run, JsonNode operation) throws ScimException {
        if (!operation.path("data").isObject()) {
            throw BadRequestException.invalidSyntax("data is missing");
        }
        return ScimJson.read(resolved(run, operation.path("data").toString()));
    }

    private static String resolved(Run run, String text) throws ScimException {
        if (!text.contains("bulkId:")) {
            return text;
        }
        if (text.startsWith("/")) {
            int at = text.indexOf("bulkId:");
            return text.substring(0, at) + made(run, text.substring(at + "bulkId:".length()));
        }
        StringBuilder out = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            reference.appendReplacement(out, '"' + made(run, reference.group(1)) + '"');
        }
        return reference.appendTail(out).toString();
    }

    private static String made(Run run, String bulkId) throws ScimException {
        String id = run.made.get(bulkId);
        if (id == null) {
            throw BadRequestException.invalidValue("bulkId " + bulkId + " was not made earlier in this request");
        }
        return id;
    }

    private static void done(
            Run run, JsonNode operation, int status, ScimResources resources, ScimResources.Answer now) {
        done(run, operation, status, resources.path() + "/" + now.id(), now.version());
    }

    private static void done(Run run, JsonNode operation, int status, String path, @Nullable String version) {
        ObjectNode answer = answer(run, operation, status);
        answer.put("location", run.call.base() + path);
        if (version != null) {
            answer.put("version", version);
        }
        if (status == 201 && operation.path("bulkId").isTextual()) {
            run.made.put(operation.path("bulkId").asText(), path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private static ObjectNode answer(Run run, JsonNode operation, int status) {
        ObjectNode answer = run.answers.addObject();
        answer.put("method", operation.path("method").asText());
        if (operation.path("bulkId").isTextual()) {
            answer.put("bulkId", operation.path("bulkId").asText());
        }
        answer.put("status", String.valueOf(status));
        return answer;
    }
}
