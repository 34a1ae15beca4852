package org.entente.provisioning.webhook;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import org.entente.provisioning.spi.DesiredAccount.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver is told of one account: all of it each time, so that a message that was missed is made good by the next.
 *
 * @param id the same however often this state of the account is sent
 * @param announced what the receiver holds once it took the message: kept as the account's id, so that the next message knows its kind
 */
record Message(String id, String type, String announced, String body) {

    private static final String ACTIVE = "active:";
    private static final String SUSPENDED = "suspended:";

    static Message of(DesiredAccount account, String service, JsonMapper json) {
        String type = type(account);
        ObjectNode body = json.createObjectNode();
        body.put("type", type);
        body.set("data", data(account, service, json));
        String mark = service + ":" + account.account() + ":" + account.state() + ":" + account.revision();
        return new Message(
                "msg_" + UUID.nameUUIDFromBytes(mark.getBytes(StandardCharsets.UTF_8)),
                type,
                (account.state() == State.ACTIVE ? ACTIVE : SUSPENDED) + account.account(),
                json.writeValueAsString(body));
    }

    private static String type(DesiredAccount account) {
        String known = account.externalId();
        return switch (account.state()) {
            case ACTIVE -> known != null && known.startsWith(ACTIVE) ? "account.updated" : "account.activated";
            case SUSPENDED -> "account.suspended";
            case CLOSED -> "account.closed";
        };
    }

    private static ObjectNode data(DesiredAccount account, String service, JsonMapper json) {
        CapacityCard capacity = account.capacity();
        ObjectNode data = json.createObjectNode();
        data.put("service", service);
        data.put("account", account.account().toString());
        data.put("state", account.state().name().toLowerCase(java.util.Locale.ROOT));
        data.put("sequence", account.revision());
        data.putObject("person")
                .put("id", account.person().id().toString())
                .put("givenName", account.person().givenName())
                .put("usualName", account.person().usualName())
                .put("language", account.person().language());
        ObjectNode told = data.putObject("capacity");
        told.put("id", capacity.id().toString());
        told.put("kind", capacity.kind());
        told.put("function", capacity.function());
        putIfKnown(told, "unit", capacity.unit());
        putIfKnown(told, "address", capacity.address());
        putIfKnown(told, "phone", capacity.phone());
        ObjectNode member = data.putObject("member");
        member.put("id", capacity.member().toString());
        member.put("name", capacity.memberName());
        putIfKnown(member, "siren", capacity.siren());
        putIfKnown(member, "siret", capacity.siret());
        account.roles().stream().sorted().forEach(data.putArray("roles")::add);
        return data;
    }

    private static void putIfKnown(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
