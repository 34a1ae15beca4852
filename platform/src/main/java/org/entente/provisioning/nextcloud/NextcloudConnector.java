package org.entente.provisioning.nextcloud;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.provisioning.http.SideBySide;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps accounts and groups in Nextcloud by its user provisioning API. Settings: {@code url}, {@code user} and {@code password} of an
 * administrator; {@code quota} of a new account ({@code 5 GB}); {@code closed: delete} to have what is closed deleted with its files.
 * Source: Nextcloud's administration manual, “User provisioning API”.
 */
@Component
class NextcloudConnector implements Connector {

    private static final int AT_ONCE = 5;
    private static final int PAGE = 200;

    /** The codes of “there is one already” when a user or a group is made, and of “no such group” when one is joined. */
    private static final int TAKEN = 102;

    private static final int NO_SUCH_GROUP = 102;

    /** What its versions have answered for a user they do not know. */
    private static final Set<Integer> NOBODY = Set.of(101, 404, 998);

    private final JsonMapper json;
    private final MessageSource messages;
    private final SecureRandom random = new SecureRandom();

    NextcloudConnector(JsonMapper json, MessageSource messages) {
        this.json = json;
        this.messages = messages;
    }

    /** One account cannot be brought now, and why. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String what, Ocs.Answer answer) {
            super("Nextcloud refuses to " + what + ": " + answer.code() + " " + answer.message());
        }
    }

    @Override
    public String kind() {
        return "nextcloud";
    }

    @Override
    public int batchSize() {
        return 10;
    }

    @Override
    public Owner owner() {
        return Owner.CAPACITY;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        Ocs ocs = Ocs.of(target.settings(), json);
        return SideBySide.bring(batch, AT_ONCE, account -> {
            try {
                return account.state() == State.ACTIVE ? bring(ocs, target, account) : cut(ocs, target, account);
            } catch (Refused refused) {
                return Outcome.failed(account.account(), String.valueOf(refused.getMessage()));
            }
        });
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        // Nextcloud pages by position, not by key: all of them are one page here.
        List<ActualAccount> all = new ArrayList<>();
        if (!after.isEmpty()) {
            return all;
        }
        Ocs ocs = Ocs.of(target.settings(), json);
        JsonNode page = page(ocs, 0);
        while (!page.isEmpty()) {
            for (JsonNode user : page) {
                String id = user.path("id").asString("");
                all.add(new ActualAccount(
                        id,
                        owner(id),
                        NextcloudUser.enabled(user),
                        NextcloudUser.actual(user).fingerprint()));
            }
            page = page(ocs, all.size());
        }
        return all;
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        return NextcloudUser.wanted(desired).fingerprint();
    }

    private static JsonNode page(Ocs ocs, int offset) {
        Ocs.Answer answer = ocs.get("/users/details?limit=" + PAGE + "&offset=" + offset);
        if (!answer.ok()) {
            throw new EngineUnavailable("Nextcloud does not list its users: " + answer.code(), null);
        }
        return answer.data().path("users");
    }

    private Outcome bring(Ocs ocs, Target target, DesiredAccount account) {
        String id = NextcloudUser.id(account);
        NextcloudUser wanted = NextcloudUser.wanted(account);
        JsonNode there = find(ocs, id).orElseGet(() -> create(ocs, target, account, wanted));
        NextcloudUser actual = NextcloudUser.actual(there);
        if (!actual.displayName().equals(wanted.displayName())) {
            edit(ocs, id, "displayname", wanted.displayName());
        }
        if (!actual.email().equals(wanted.email())) {
            edit(ocs, id, "email", wanted.email());
        }
        wanted.groupsBeyond(actual).forEach((group, label) -> join(ocs, id, group, label));
        actual.groupsBeyond(wanted)
                .keySet()
                .forEach(group -> must(
                        "take it out of " + group,
                        ocs.call("DELETE", "/users/" + id + "/groups?groupid=" + Ocs.encoded(group), Map.of())));
        if (!NextcloudUser.enabled(there)) {
            must("enable it", ocs.call("PUT", "/users/" + id + "/enable", Map.of()));
        }
        return Outcome.done(account.account(), id, "");
    }

    private Outcome cut(Ocs ocs, Target target, DesiredAccount account) {
        String id = NextcloudUser.id(account);
        Optional<JsonNode> there = find(ocs, id);
        if (there.isEmpty()) {
            return Outcome.done(account.account(), null, text("nextcloud.none"));
        }
        if (account.state() == State.CLOSED
                && target.settings().getOrDefault("closed", "keep").equals("delete")) {
            must("delete it", ocs.call("DELETE", "/users/" + id, Map.of()));
            return Outcome.done(account.account(), null, text("nextcloud.deleted"));
        }
        must("disable it", ocs.call("PUT", "/users/" + id + "/disable", Map.of()));
        return Outcome.done(account.account(), id, text("nextcloud.cut"));
    }

    private static Optional<JsonNode> find(Ocs ocs, String id) {
        Ocs.Answer answer = ocs.get("/users/" + id);
        if (!answer.ok() && !NOBODY.contains(answer.code())) {
            // Not to be taken for “nobody”: a cut would be certified that was none.
            throw new Refused("show the account", answer);
        }
        return answer.ok() ? Optional.of(answer.data()) : Optional.empty();
    }

    /** Without the address, which would make Nextcloud send an invitation to set a password; nobody knows the one it gets here. */
    private JsonNode create(Ocs ocs, Target target, DesiredAccount account, NextcloudUser wanted) {
        String id = NextcloudUser.id(account);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("userid", id);
        form.put("password", password());
        form.put("displayName", wanted.displayName());
        form.put("language", account.person().language());
        String quota = target.settings().get("quota");
        if (quota != null) {
            form.put("quota", quota);
        }
        Ocs.Answer made = ocs.call("POST", "/users", form);
        if (!made.ok() && made.code() != TAKEN) {
            throw new Refused("make the account", made);
        }
        return find(ocs, id).orElseThrow(() -> new Refused("show the account it made", made));
    }

    private static void join(Ocs ocs, String id, String group, String label) {
        Ocs.Answer joined = ocs.call("POST", "/users/" + id + "/groups", Map.of("groupid", group));
        if (joined.code() == NO_SUCH_GROUP) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("groupid", group);
            form.put("displayname", label);
            Ocs.Answer made = ocs.call("POST", "/groups", form);
            if (!made.ok() && made.code() != TAKEN) {
                throw new Refused("make the group " + group, made);
            }
            joined = ocs.call("POST", "/users/" + id + "/groups", Map.of("groupid", group));
        }
        must("put it into " + group, joined);
    }

    private static void edit(Ocs ocs, String id, String field, String value) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("key", field);
        form.put("value", value);
        must("change " + field, ocs.call("PUT", "/users/" + id, form));
    }

    private static void must(String what, Ocs.Answer answer) {
        if (!answer.ok()) {
            throw new Refused(what, answer);
        }
    }

    /** Long, and with a character of each sort that password policies ask for. */
    private String password() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "aA1!";
    }

    private static @Nullable UUID owner(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /** Certificates are in French: what they quote is, too. */
    private String text(String key) {
        return messages.getMessage(key, null, Locale.FRENCH);
    }
}
