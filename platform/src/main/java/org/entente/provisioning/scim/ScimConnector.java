package org.entente.provisioning.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps accounts in any application that speaks SCIM 2.0. Settings: {@code url} (the base, such as {@code https://app/scim/v2})
 * and {@code token} (bearer). The account's id in Entente is its {@code externalId} there, so an account is found again whatever
 * was lost, and one that stands there under the same user name is taken over rather than made twice.
 */
@Component
class ScimConnector implements Connector {

    private final JsonMapper json;

    ScimConnector(JsonMapper json) {
        this.json = json;
    }

    @Override
    public String kind() {
        return "scim";
    }

    @Override
    public int batchSize() {
        return 50;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        ScimClient client = client(target);
        ScimUser users = new ScimUser(json);
        List<DesiredAccount> creations = new ArrayList<>();
        if (client.bulk() > 1) {
            batch.stream()
                    .filter(account -> account.externalId() == null && account.state() == State.ACTIVE)
                    .limit(client.bulk())
                    .forEach(creations::add);
        }
        List<Outcome> created = creations.size() > 1 ? createInBulk(client, users, creations) : List.of();
        List<Outcome> outcomes = new ArrayList<>();
        for (DesiredAccount account : batch) {
            outcomes.add(created.stream()
                    .filter(outcome -> outcome.account().equals(account.account()))
                    .findFirst()
                    .orElseGet(() -> one(client, users, account)));
        }
        return outcomes;
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        // SCIM pages by position, not by key: all of them are one page here.
        List<ActualAccount> all = new ArrayList<>();
        if (!after.isEmpty()) {
            return all;
        }
        ScimClient client = client(target);
        ScimUser users = new ScimUser(json);
        JsonNode page = client.list(1, 100);
        while (!page.path("Resources").isEmpty()) {
            for (JsonNode user : page.path("Resources")) {
                all.add(users.actual(user));
            }
            if (all.size() >= page.path("totalResults").asInt(0)) {
                break;
            }
            page = client.list(all.size() + 1, 100);
        }
        return all;
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        ScimUser users = new ScimUser(json);
        return users.fingerprint(users.write(desired));
    }

    /** Creations of a batch in one request; those that are refused are seen to one by one afterwards. */
    private List<Outcome> createInBulk(ScimClient client, ScimUser users, List<DesiredAccount> creations) {
        ObjectNode request = json.createObjectNode();
        request.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
        ArrayNode operations = request.putArray("Operations");
        for (DesiredAccount account : creations) {
            ObjectNode operation = operations.addObject();
            operation
                    .put("method", "POST")
                    .put("path", "/Users")
                    .put("bulkId", account.account().toString());
            operation.set("data", users.write(account));
        }
        ScimClient.Answer answer = client.send("POST", "/Bulk", request, null);
        List<Outcome> outcomes = new ArrayList<>();
        if (!answer.ok()) {
            return outcomes;
        }
        for (JsonNode operation : answer.body().path("Operations")) {
            String location = operation.path("location").asString("");
            if (operation.path("status").asString("").equals("201") && !location.isEmpty()) {
                outcomes.add(Outcome.done(
                        UUID.fromString(operation.path("bulkId").asString()),
                        location.substring(location.lastIndexOf('/') + 1),
                        ""));
            }
        }
        return outcomes;
    }

    private Outcome one(ScimClient client, ScimUser users, DesiredAccount account) {
        JsonNode there = find(client, account);
        if (there == null) {
            // Nothing there: what is to be cut is cut.
            return account.state() == State.ACTIVE
                    ? create(client, users, account)
                    : Outcome.done(account.account(), null, "");
        }
        String id = there.path("id").asString();
        ObjectNode wanted = users.write(account);
        if (users.fingerprint(there).equals(users.fingerprint(wanted))
                && ScimUser.active(there) == ScimUser.active(wanted)) {
            return Outcome.done(account.account(), id, "");
        }
        ScimClient.Answer answer = client.send(
                "PATCH",
                "/Users/" + id,
                users.patch(account),
                there.path("meta").path("version").asString(null));
        if (answer.status() == 501 || answer.status() == 405) {
            answer = client.send("PUT", "/Users/" + id, users.merged(there, wanted), null);
        }
        return answer.ok() ? Outcome.done(account.account(), id, "") : failed(account, answer);
    }

    private Outcome create(ScimClient client, ScimUser users, DesiredAccount account) {
        ScimClient.Answer answer = client.send("POST", "/Users", users.write(account), null);
        if (answer.ok()) {
            return Outcome.done(account.account(), answer.body().path("id").asString(), "");
        }
        if (answer.status() == 409) {
            // Somebody of that user name stands there already: it is adopted if it is nobody else's.
            JsonNode there = client.find("userName", users.userName(account));
            String owner = there == null ? "" : there.path("externalId").asString("");
            if (there != null
                    && (owner.isEmpty() || owner.equals(account.account().toString()))) {
                String id = there.path("id").asString();
                ScimClient.Answer adopted = client.send("PATCH", "/Users/" + id, users.patch(account), null);
                return adopted.ok() ? Outcome.done(account.account(), id, "adopted") : failed(account, adopted);
            }
        }
        return failed(account, answer);
    }

    private static @Nullable JsonNode find(ScimClient client, DesiredAccount account) {
        String id = account.externalId();
        if (id != null) {
            ScimClient.Answer answer = client.send("GET", "/Users/" + id, null, null);
            if (answer.ok()) {
                return answer.body();
            }
        }
        return client.find("externalId", account.account().toString());
    }

    private static Outcome failed(DesiredAccount account, ScimClient.Answer answer) {
        String why = answer.status() + " " + answer.body().path("detail").asString("");
        boolean lasting = answer.status() == 400 || answer.status() == 409;
        return lasting ? Outcome.refused(account.account(), why) : Outcome.failed(account.account(), why);
    }

    private ScimClient client(Target target) {
        return new ScimClient(target.settings(), json);
    }
}
