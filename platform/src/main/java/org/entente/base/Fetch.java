package org.entente.base;

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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls a server at an address that somebody typed, within {@link Reach}, and says precisely why that does not work. Redirects are answers here, never followed. A name is resolved once more
 * after {@link Reach} has looked at it: against one that changes in between, only https and the operator's firewall help.
 */
@Component
public class Fetch {

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

    /** What the server said. */
    public record Answer(int status, String body, @Nullable String location) {}

    /** A call that brought no usable answer. {@link #code} is a key of the message catalogue, below {@code source.finding.}, and says why. */
    public static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final transient List<Object> args;

        public Unanswered(String code, Object... args) {
            super(code);
            this.code = code;
            this.args = List.of(args);
        }

        public String code() {
            return code;
        }

        public List<Object> args() {
            return args;
        }
    }

    public Answer get(String url) throws Unanswered {
        return send(HttpRequest.newBuilder(allowed(url)).GET());
    }

    public Answer post(String url, String form, @Nullable String authorization) throws Unanswered {
        HttpRequest.Builder request = HttpRequest.newBuilder(allowed(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    /** The address, if it is one that may be called; nothing is sent. */
    public URI allowed(String url) throws Unanswered {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new Unanswered("url", url);
        }
        String host = uri.getHost();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || uri.getRawUserInfo() != null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new Unanswered("url", url);
        }
        try {
            InetAddress[] addresses = reach.of(host);
            if (scheme.equals("http") && !reach.lists(host, addresses)) {
                throw new Unanswered("not-https", url);
            }
        } catch (Refusal refused) {
            throw switch (refused.code()) {
                case "reach.refused" -> new Unanswered("reach", host);
                case "reach.unknown" -> new Unanswered("unknown-host", host);
                default -> new Unanswered("url", url);
            };
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
            throw new Unanswered("time-out", host, ANSWER.toSeconds());
        } catch (ExecutionException e) {
            throw why(request.uri(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("broken", host, "interrupted");
        }
    }

    private static Unanswered why(URI uri, @Nullable Throwable cause) {
        String host = uri.getHost();
        return switch (cause) {
            case HttpTimeoutException late -> new Unanswered("time-out", host, ANSWER.toSeconds());
            case SSLException tls -> tls(host, tls);
            case ConnectException refused -> new Unanswered("not-connected", host, port(uri));
            case null -> new Unanswered("broken", host, "");
            default -> new Unanswered("broken", host, String.valueOf(cause.getMessage()));
        };
    }

    private static Unanswered tls(String host, SSLException e) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("PKIX path building failed") || why.contains("unable to find valid certification path")) {
            return new Unanswered("tls-untrusted", host);
        }
        if (why.contains("No name matching") || why.contains("No subject alternative")) {
            return new Unanswered("tls-name", host);
        }
        if (why.contains("validity check failed") || why.contains("NotAfter")) {
            return new Unanswered("tls-expired", host);
        }
        return new Unanswered("tls", host, why);
    }

    private static String port(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        return Integer.toString(port);
    }
}
