package org.entente.provisioning.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.entente.provisioning.spi.EngineUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Calls an engine: a few seconds for all of an answer, no redirect followed (secrets go where the descriptor says, and nowhere else),
 * and everything that is no answer is {@link EngineUnavailable}.
 */
public final class EngineHttp {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private EngineHttp() {}

    /** What the engine answered. */
    public record Answer(int status, String body) {

        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * An address of the connector's settings, as it is written there.
     *
     * @throws EngineUnavailable when it is missing, no address, or would send secrets in clear to another machine
     */
    public static String address(Map<String, String> settings, String name) {
        String text = needed(settings, name);
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean fine = host != null
                    && uri.getRawUserInfo() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && HERE.contains(host));
            if (fine) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw new EngineUnavailable("The " + name + " in the descriptor is no address", e);
        }
        throw new EngineUnavailable(
                "The " + name + " in the descriptor must begin with https:// and hold no password", null);
    }

    /** An address to which paths are added: the same without the slashes at its end. */
    public static String base(Map<String, String> settings, String name) {
        return address(settings, name).replaceAll("/+$", "");
    }

    /** A setting the connector cannot do without. */
    public static String needed(Map<String, String> settings, String name) {
        String text = settings.getOrDefault(name, "");
        if (text.isBlank()) {
            throw new EngineUnavailable("The descriptor gives the connector no " + name, null);
        }
        return text;
    }

    /** @throws EngineUnavailable when no whole answer comes in time */
    public static Answer send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> call = HTTP.sendAsync(
                request.timeout(PATIENCE).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            // One deadline for all of it: a server that drips its answer is as silent as one that sends none.
            HttpResponse<byte[]> answer = call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new EngineUnavailable("No answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new EngineUnavailable("No answer: " + why(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new EngineUnavailable("Interrupted", e);
        }
    }

    private static String why(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "nothing";
            case ConnectException refused -> "no connection";
            default -> cause.getClass().getSimpleName() + " " + cause.getMessage();
        };
    }
}
