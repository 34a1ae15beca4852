package org.entente.provisioning.webhook;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.provisioning.http.EngineHttp;
import org.entente.provisioning.http.SideBySide;
import org.entente.provisioning.spi.ActualAccount;
import org.entente.provisioning.spi.Connector;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.EngineUnavailable;
import org.entente.provisioning.spi.Outcome;
import org.entente.provisioning.spi.Target;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells an application of its accounts by signed messages (Standard Webhooks 1.0). Settings: {@code url}; {@code secret}; while the
 * secret is being changed also {@code previousSecret}. It only ever tells: what the application holds cannot be asked.
 *
 * <p>Messages about one account follow one another, since one worker at a time has it; {@code sequence} tells a receiver that was
 * slow to ignore what a newer message has overtaken.
 */
@Component
class WebhookConnector implements Connector {

    private static final int AT_ONCE = 10;

    /** Answers that concern the address or the secret, not this one account. */
    private static final Set<Integer> OF_THE_WHOLE = Set.of(401, 403, 404, 405, 407, 408, 410, 421, 425, 429);

    private final JsonMapper json;
    private final Clock clock;
    private final MessageSource messages;

    WebhookConnector(JsonMapper json, Clock clock, MessageSource messages) {
        this.json = json;
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public int batchSize() {
        return 20;
    }

    @Override
    public boolean lists() {
        return false;
    }

    @Override
    public List<ActualAccount> list(Target target, String after, int limit) {
        return List.of();
    }

    @Override
    public List<Outcome> apply(Target target, List<DesiredAccount> batch) {
        URI url = URI.create(EngineHttp.address(target.settings(), "url"));
        Signature signature = Signature.of(Stream.concat(
                        Stream.of(EngineHttp.needed(target.settings(), "secret")),
                        Stream.ofNullable(target.settings().get("previousSecret")))
                .toList());
        return SideBySide.bring(batch, AT_ONCE, account -> tell(target.service(), url, signature, account));
    }

    private Outcome tell(String service, URI url, Signature signature, DesiredAccount account) {
        Message message = Message.of(account, service, json);
        long now = clock.instant().getEpochSecond();
        EngineHttp.Answer answer = EngineHttp.send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Entente")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", signature.of(message.id(), now, message.body()))
                .POST(HttpRequest.BodyPublishers.ofString(message.body())));
        if (answer.ok()) {
            return Outcome.done(account.account(), message.announced(), told(message, answer.status()));
        }
        if (answer.status() >= 400 && answer.status() < 500 && !OF_THE_WHOLE.contains(answer.status())) {
            return Outcome.refused(
                    account.account(), "The receiver refuses " + message.type() + ": " + answer.status());
        }
        throw new EngineUnavailable("The receiver answers " + answer.status(), null);
    }

    /** Certificates are in French: what they quote is, too. */
    private String told(Message message, int status) {
        return messages.getMessage("webhook.told", new Object[] {message.type(), status}, Locale.FRENCH);
    }
}
