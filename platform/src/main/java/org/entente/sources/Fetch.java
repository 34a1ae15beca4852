package org.entente.sources;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls a server of a member, and says precisely why that does not work. Redirects are answers here, never followed. A name is resolved once more
 * after {@link Reach} has looked at it: against one that changes in between, only https and the operator's firewall help.
 */
@Component
class Fetch {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int LARGEST = 2 * 1024 * 1024;

    private final Reach reach;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Fetch(Reach reach) {
        this.reach = reach;
    }

    record Answer(int status, String body, @Nullable String location) {}

    /** A call that brought no answer; {@link #finding} says why. */
    static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Finding finding;

        Unanswered(Finding finding) {
            super(finding.code());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }

    Answer get(String url) throws Unanswered {
        return send(HttpRequest.newBuilder(allowed(url)).GET());
    }

    Answer post(String url, String form, @Nullable String authorization) throws Unanswered {
        HttpRequest.Builder request = HttpRequest.newBuilder(allowed(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    /** The address, if it is one that may be called; nothing is sent. */
    URI allowed(String url) throws Unanswered {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new Unanswered(Finding.wrong("url", url));
        }
        String host = uri.getHost();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || uri.getRawUserInfo() != null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new Unanswered(Finding.wrong("url", url));
        }
        try {
            InetAddress[] addresses = reach.of(host);
            if (scheme.equals("http") && !reach.lists(host, addresses)) {
                throw new Unanswered(Finding.wrong("not-https", url));
            }
        } catch (Refusal refused) {
            throw new Unanswered(
                    switch (refused.code()) {
                        case "reach.refused" -> Finding.wrong("reach", host);
                        case "reach.unknown" -> Finding.wrong("unknown-host", host);
                        default -> Finding.wrong("url", url);
                    });
        }
        return uri;
    }

    private Answer send(HttpRequest.Builder builder) throws Unanswered {
        HttpRequest request = builder.timeout(ANSWER)
                .header("Accept", "application/json, application/xml;q=0.9, */*;q=0.5")
                .build();
        String host = request.uri().getHost();
        CompletableFuture<HttpResponse<byte[]>> call = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
        try {
            // One deadline for all of it: a server that drips its answer is as silent as one that sends none.
            HttpResponse<byte[]> answer = call.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    answer.statusCode(),
                    new String(answer.body(), StandardCharsets.UTF_8),
                    answer.headers().firstValue("Location").orElse(null));
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new Unanswered(Finding.wrong("time-out", host, ANSWER.toSeconds()));
        } catch (ExecutionException e) {
            throw new Unanswered(why(request.uri(), e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(Finding.wrong("broken", host, "interrupted"));
        }
    }

    private static Finding why(URI uri, @Nullable Throwable cause) {
        String host = uri.getHost();
        return switch (cause) {
            case HttpTimeoutException late -> Finding.wrong("time-out", host, ANSWER.toSeconds());
            case SSLException tls -> tls(host, tls);
            case ConnectException refused -> Finding.wrong("not-connected", host, port(uri));
            case null -> Finding.wrong("broken", host, "");
            default -> Finding.wrong("broken", host, String.valueOf(cause.getMessage()));
        };
    }

    private static Finding tls(String host, SSLException e) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("PKIX path building failed") || why.contains("unable to find valid certification path")) {
            return Finding.wrong("tls-untrusted", host);
        }
        if (why.contains("No name matching") || why.contains("No subject alternative")) {
            return Finding.wrong("tls-name", host);
        }
        if (why.contains("validity check failed") || why.contains("NotAfter")) {
            return Finding.wrong("tls-expired", host);
        }
        return Finding.wrong("tls", host, why);
    }

    private static String port(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return Integer.toString(port);
    }
}
