package org.entente.keycloak.backchannel;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Tells apps that a session of theirs has ended (OpenID Connect Back-Channel Logout, SAML single logout by SOAP, CAS single logout).
 * Keycloak's own does so one app after the other before it answers; here all are told at once, after the commit, and an app that hangs
 * delays nobody: its tokens are refused already. What became of a notice is remembered for some minutes, so that the platform can ask;
 * what there is to tell is kept in {@link Outbox}.
 */
public final class BackChannel implements AutoCloseable {

    private static final Logger log = Logger.getLogger(BackChannel.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    /**
     * What became of a notice.
     *
     * @param outcome {@code answered}, {@code refused}, {@code silent}, or {@code gone} when the application has no such address any more
     * @param detail {@code http 400}, {@code saml Requester}, {@code timeout}, {@code tls}, {@code unreachable}
     */
    public record Told(String id, String outcome, String detail) {}

    private record Sent(CompletableFuture<Told> told, long at) {}

    /** Sends the notices about a person once the running transaction is committed. */
    public void afterCommit(KeycloakSession session, String person, List<Notice> notices) {
        Map<Notice, Message> messages = new ConcurrentHashMap<>();
        for (Notice notice : notices) {
            Notices.message(session, notice).ifPresent(message -> messages.put(notice, message));
        }
        if (messages.isEmpty()) {
            return;
        }
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                log.debugf("Applications are told of %d sessions of %s that ended", messages.size(), person);
                messages.forEach((notice, message) -> remember(notice, send(notice, message)));
            }

            @Override
            protected void rollbackImpl() {
                // Nothing ended, nobody is told.
            }
        });
    }

    /** Sees to it that these have been sent: what this node has not sent is sent now, once the running transaction is committed. */
    public void ensure(KeycloakSession session, List<Outbox.Kept> kept) {
        kept.stream()
                .filter(one -> !sent.containsKey(one.notice().id()))
                .forEach(one -> afterCommit(session, one.person(), List.of(one.notice())));
    }

    /**
     * What became of these notices; what this node has not sent, or is to send {@code again}, is sent now.
     *
     * @return one for each, in the same order, after some seconds at most
     */
    public List<Told> see(KeycloakSession session, List<Notice> notices, boolean again) {
        return notices.stream()
                .map(notice -> {
                    Sent before = again ? null : sent.get(notice.id());
                    return before != null
                            ? before.told()
                            : Notices.message(session, notice)
                                    .map(message -> send(notice, message))
                                    .orElseGet(
                                            () -> CompletableFuture.completedFuture(new Told(notice.id(), "gone", "")));
                })
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private void remember(Notice notice, CompletableFuture<Told> told) {
        long now = Time.currentTimeMillis();
        sent.values().removeIf(one -> now - one.at() > REMEMBERED.toMillis());
        sent.put(notice.id(), new Sent(told, now));
    }

    private CompletableFuture<Told> send(Notice notice, Message message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.to())
                .timeout(ANSWER)
                .header("Content-Type", message.type())
                .POST(HttpRequest.BodyPublishers.ofString(message.body()));
        if (message.isSoap()) {
            request.header("SOAPAction", "\"http://www.oasis-open.org/committees/security\"");
        }
        CompletableFuture<HttpResponse<byte[]>> call = http.sendAsync(
                request.build(),
                message.isSoap()
                        ? BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER)
                        : info -> new Unread());
        // One deadline for all of it: an application that drips its answer is as silent as one that gives none, and
        // holds nothing here.
        return call.thenApply(answer -> judged(notice, message, answer))
                .orTimeout(ANSWER.plus(CONNECT).toSeconds(), TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    call.cancel(true);
                    return new Told(notice.id(), "silent", why(failure));
                })
                .thenApply(told -> {
                    if (!told.outcome().equals("answered")) {
                        log.infof("%s did not take its logout notice: %s", notice.client(), told.detail());
                    }
                    return told;
                });
    }

    private static Told judged(Notice notice, Message message, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status >= 500 && !message.isSoap()) {
            return new Told(notice.id(), "silent", "http " + status);
        }
        if (status >= 300 && status < 500) {
            return new Told(notice.id(), "refused", "http " + status);
        }
        if (!message.isSoap()) {
            return new Told(notice.id(), "answered", "http " + status);
        }
        // A fault of SOAP has status 500; what it says is nothing that more tries would not be for.
        return SoapLogout.status(answer.body(), message.requestId())
                .map(word -> new Told(notice.id(), word.equals("Success") ? "answered" : "refused", "saml " + word))
                .orElseGet(() -> new Told(notice.id(), "silent", status >= 500 ? "http " + status : "saml none"));
    }

    /** The status says all: what follows is not waited for. */
    private static final class Unread implements HttpResponse.BodySubscriber<byte[]> {

        @Override
        public CompletionStage<byte[]> getBody() {
            return CompletableFuture.completedFuture(new byte[0]);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            // Not asked for.
        }

        @Override
        public void onError(Throwable failure) {
            // Not waited for.
        }

        @Override
        public void onComplete() {
            // Not waited for.
        }
    }

    private static String why(@Nullable Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof HttpTimeoutException || one instanceof TimeoutException) {
                return "timeout";
            }
            if (one instanceof SSLException) {
                return "tls";
            }
        }
        return "unreachable";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
