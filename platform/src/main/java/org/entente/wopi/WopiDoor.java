package org.entente.wopi;

import static jakarta.servlet.http.HttpServletResponse.SC_FORBIDDEN;
import static jakarta.servlet.http.HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_FOUND;
import static jakarta.servlet.http.HttpServletResponse.SC_NOT_IMPLEMENTED;
import static jakarta.servlet.http.HttpServletResponse.SC_SERVICE_UNAVAILABLE;
import static jakarta.servlet.http.HttpServletResponse.SC_UNAUTHORIZED;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.connector.ClientAbortException;
import org.entente.base.Network;
import org.entente.base.RateLimits;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Leads a call of the office server to what it asks for, once it is known for whom it comes and that the server itself has signed it. */
@Component
class WopiDoor {

    static final String FILES = "/wopi/files/";

    private static final Logger log = LoggerFactory.getLogger(WopiDoor.class);
    private static final Pattern ADDRESS =
            Pattern.compile("/wopi/files/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(/contents)?");
    private static final String TOKEN = "access_token=";
    /** As {@link org.entente.base.Secret#random} makes them: anything else is not looked up. */
    private static final Pattern LIKE_A_TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final WopiSettings settings;
    private final WopiServer server;
    private final WopiTokens tokens;
    private final Files files;
    private final WopiFileInfo info;
    private final WopiContents contents;
    private final WopiLocking locking;
    private final WopiBeside beside;
    private final WopiRefused refused;
    private final JsonMapper json;
    private final Clock clock;
    /** One server comes for everybody from one address, and passes on what any stranger invents: only wrong tokens are bounded, never a good one. */
    private final RateLimits wrong = new RateLimits(600, Duration.ofMinutes(1));

    WopiDoor(
            WopiSettings settings,
            WopiServer server,
            WopiTokens tokens,
            Files files,
            WopiFileInfo info,
            WopiContents contents,
            WopiLocking locking,
            WopiBeside beside,
            WopiRefused refused,
            JsonMapper json,
            Clock clock) {
        this.settings = settings;
        this.server = server;
        this.tokens = tokens;
        this.files = files;
        this.info = info;
        this.contents = contents;
        this.locking = locking;
        this.beside = beside;
        this.refused = refused;
        this.json = json;
        this.clock = clock;
    }

    static boolean isOurs(String path) {
        return path.equals("/wopi") || path.startsWith("/wopi/");
    }

    void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader("Cache-Control", "no-store");
        try {
            serve(request, response);
        } catch (ClientAbortException gone) {
            throw gone; // nobody is there any more to read an answer
        } catch (IOException | RuntimeException e) {
            refused.answer(request, response, e);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher address = ADDRESS.matcher(request.getRequestURI());
        if (!address.matches() || settings.server().isEmpty()) {
            throw WopiError.of(SC_NOT_FOUND, "wopi.unknown");
        }
        boolean ofContents = address.group(2) != null;
        NodeId node = NodeId.of(address.group(1));
        WopiTokens.Held held = held(request, node);
        String token = token(request).orElseThrow();
        demandProof(request, token);
        server.called();
        FileNode file = files.node(held.visitor(), node);
        if (file.folder()) {
            throw WopiError.of(SC_NOT_FOUND, "file.unknown");
        }
        WopiCall call = new WopiCall(request, response, token, held, file, json);
        switch (request.getMethod()) {
            case "GET" -> {
                if (ofContents) {
                    contents.get(call);
                } else {
                    info.answer(call);
                }
            }
            case "POST" -> post(call, ofContents);
            default -> throw WopiError.of(SC_NOT_IMPLEMENTED, "wopi.operation");
        }
    }

    private void post(WopiCall call, boolean ofContents) throws IOException {
        String operation = Objects.requireNonNullElse(call.header("X-WOPI-Override"), "");
        if (ofContents) {
            if (!operation.equals("PUT")) {
                throw WopiError.of(SC_NOT_IMPLEMENTED, "wopi.operation");
            }
            worked(call);
            contents.put(call);
            return;
        }
        switch (operation) {
            case "LOCK" -> locking.lock(call);
            case "GET_LOCK" -> locking.get(call);
            case "REFRESH_LOCK" -> locking.refresh(call);
            case "UNLOCK" -> locking.unlock(call);
            case "PUT_RELATIVE" -> {
                worked(call);
                beside.putRelative(call);
            }
            case "RENAME_FILE" -> {
                worked(call);
                beside.rename(call);
            }
            default -> throw WopiError.of(SC_NOT_IMPLEMENTED, "wopi.operation");
        }
    }

    private void worked(WopiCall call) {
        if (!tokens.worked(call.held())) {
            throw WopiError.of(SC_UNAUTHORIZED, "wopi.token");
        }
    }

    private WopiTokens.Held held(HttpServletRequest request, NodeId node) {
        if (!settings.inClear() && !request.isSecure() && !Network.isHere(request.getRemoteAddr())) {
            throw WopiError.of(SC_FORBIDDEN, "wopi.clear");
        }
        return token(request)
                .filter(LIKE_A_TOKEN.asMatchPredicate())
                .flatMap(secret -> tokens.shown(secret, node, request.getRemoteAddr()))
                .orElseThrow(() -> wrong.take(Network.of(request.getRemoteAddr()))
                        ? WopiError.of(SC_UNAUTHORIZED, "wopi.token")
                        : WopiError.of(SC_SERVICE_UNAVAILABLE, "wopi.often"));
    }

    /** Of the address alone: a body is a file, and is not looked at for parameters. Two of them are none. */
    private static Optional<String> token(HttpServletRequest request) {
        String query = request.getQueryString();
        List<String> said = query == null
                ? List.of()
                : Arrays.stream(query.split("&"))
                        .filter(one -> one.startsWith(TOKEN))
                        .map(one -> one.substring(TOKEN.length()))
                        .toList();
        return said.size() == 1 && !said.getFirst().isEmpty() ? Optional.of(said.getFirst()) : Optional.empty();
    }

    private void demandProof(HttpServletRequest request, String token) {
        Discovery discovery = server.discovery().orElseThrow(() -> WopiError.of(SC_SERVICE_UNAVAILABLE, "wopi.silent"));
        if (discovery.proof() == null) {
            return;
        }
        ProofKeys.Call call = new ProofKeys.Call(
                token,
                settings.atPlatform(request.getRequestURI() + "?" + request.getQueryString()),
                request.getHeader("X-WOPI-TimeStamp"),
                request.getHeader("X-WOPI-Proof"),
                request.getHeader("X-WOPI-ProofOld"));
        if (discovery.proof().prove(call, clock.instant())) {
            return;
        }
        ProofKeys changed = call.proof() == null
                ? null
                : server.again().map(Discovery::proof).orElse(null);
        if (changed == null || !changed.prove(call, clock.instant())) {
            log.warn("{} {}: not signed by the office server", request.getMethod(), request.getRequestURI());
            // This status, and no other, is what [MS-WOPI] has for it.
            throw WopiError.of(SC_INTERNAL_SERVER_ERROR, "wopi.proof");
        }
    }
}
