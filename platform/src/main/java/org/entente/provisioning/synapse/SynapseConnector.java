package org.entente.provisioning.synapse;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.provisioning.http.SideBySide;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps accounts in Synapse by its admin API. Settings: {@code url}; {@code server}, the name behind the colon of its users;
 * {@code token} of a server admin; {@code provider}, under which Synapse knows our sign-in ({@code oidc-entente}), so that the first
 * sign-in finds the account. The user's id is made of the capacity. No address is written: Synapse would let it reset a password.
 * Source: Synapse's “User Admin API”.
 */
@Component
class SynapseConnector implements Connector {

    private static final int AT_ONCE = 5;

    private final JsonMapper json;
    private final MessageSource messages;
    private final SecureRandom random = new SecureRandom();

    SynapseConnector(JsonMapper json, MessageSource messages) {
        this.json = json;
        this.messages = messages;
    }

    @Override
    public String kind() {
        return "synapse";
    }

    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public Owner owner() {
        return Owner.CAPACITY;
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        SynapseAdmin admin = SynapseAdmin.of(target.settings(), json);
        return SideBySide.bring(batch, AT_ONCE, account -> switch (account.state()) {
            case ACTIVE -> bring(admin, target.settings().get("provider"), account);
            case SUSPENDED -> lock(admin, account);
            case CLOSED -> close(admin, account);
        });
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        // Synapse's token for the next page is no id of a user: all of them are one page here.
        List<ActualAccount> all = new ArrayList<>();
        if (!after.isEmpty()) {
            return all;
        }
        SynapseAdmin admin = SynapseAdmin.of(target.settings(), json);
        String from = "0";
        while (!from.isEmpty()) {
            JsonNode page = admin.page(from);
            for (JsonNode user : page.path("users")) {
                String name = user.path("name").asString("");
                all.add(new ActualAccount(
                        name,
                        owner(name, admin.server()),
                        active(user),
                        user.path("displayname").asString("")));
            }
            from = page.path("next_token").asString("");
        }
        return all;
    }

    @Override
    public String fingerprint(Target target, DesiredAccount desired) {
        return displayName(desired);
    }

    private Outcome bring(SynapseAdmin admin, @Nullable String provider, DesiredAccount account) {
        String id = id(account, admin);
        JsonNode there = admin.find(id);
        boolean closed = there != null && flag(there, "deactivated");
        ObjectNode wanted = json.createObjectNode();
        wanted.put("displayname", displayName(account));
        if (provider != null) {
            ArrayNode links = wanted.putArray("external_ids");
            links.addObject()
                    .put("auth_provider", provider)
                    .put("external_id", account.capacity().id().toString());
        }
        if (there != null) {
            wanted.put("locked", false);
        }
        if (closed) {
            wanted.put("deactivated", false);
        }
        SynapseAdmin.Answer answer = admin.put(id, wanted);
        if (closed && answer.status() == 400) {
            // A version that revives nobody without a password: one that nobody knows.
            answer = admin.put(id, wanted.put("password", password()));
        }
        return answer.ok() ? Outcome.done(account.account(), id, "") : refused(account, answer);
    }

    /** A locked account keeps its devices and with them the keys of its messages: the departure may still be undone. */
    private Outcome lock(SynapseAdmin admin, DesiredAccount account) {
        String id = id(account, admin);
        if (admin.find(id) == null) {
            return Outcome.done(account.account(), null, text("synapse.none"));
        }
        SynapseAdmin.Answer answer = admin.put(id, json.createObjectNode().put("locked", true));
        if (!answer.ok()) {
            return refused(account, answer);
        }
        if (flag(answer.body(), "locked")) {
            return Outcome.done(account.account(), id, text("synapse.locked"));
        }
        // Before 1.93 the word is passed over in silence: taking the devices' tokens is all there is.
        return Outcome.done(account.account(), id, text("synapse.devices", admin.signOut(id)));
    }

    private Outcome close(SynapseAdmin admin, DesiredAccount account) {
        String id = id(account, admin);
        if (admin.find(id) == null) {
            return Outcome.done(account.account(), null, text("synapse.none"));
        }
        SynapseAdmin.Answer answer = admin.deactivate(id);
        return answer.ok() ? Outcome.done(account.account(), id, text("synapse.closed")) : refused(account, answer);
    }

    private static Outcome refused(DesiredAccount account, SynapseAdmin.Answer answer) {
        String why = "Synapse answers " + answer.status() + " "
                + answer.body().path("error").asString("");
        boolean lasting = answer.status() == 400 || answer.status() == 409;
        return lasting ? Outcome.refused(account.account(), why) : Outcome.failed(account.account(), why);
    }

    private static String id(DesiredAccount account, SynapseAdmin admin) {
        return "@" + account.capacity().id() + ":" + admin.server();
    }

    private static String displayName(DesiredAccount account) {
        String name = account.person().givenName() + " " + account.person().usualName() + " ("
                + account.capacity().memberName() + ")";
        return name.length() > 256 ? name.substring(0, 256) : name;
    }

    private static boolean active(JsonNode user) {
        return !flag(user, "deactivated") && !flag(user, "locked");
    }

    /** Older versions write 0 and 1. */
    private static boolean flag(JsonNode user, String name) {
        JsonNode value = user.path(name);
        return value.isBoolean() ? value.asBoolean() : value.asInt(0) != 0;
    }

    private static @Nullable UUID owner(String name, String server) {
        try {
            return name.endsWith(":" + server)
                    ? UUID.fromString(name.substring(1, name.length() - server.length() - 1))
                    : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private String password() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "aA1!";
    }

    /** Certificates are in French: what they quote is, too. */
    private String text(String key, Object... args) {
        return messages.getMessage(key, args, Locale.FRENCH);
    }
}
