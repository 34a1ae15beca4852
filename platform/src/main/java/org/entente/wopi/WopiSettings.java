package org.entente.wopi;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Which office server there is, by the operator's settings; none by default. */
@Component
class WopiSettings {

    private static final Logger log = LoggerFactory.getLogger(WopiSettings.class);

    private final @Nullable String server;
    private final @Nullable String refused;
    private final @Nullable String name;
    private final String portal;
    private final String platform;
    private final Duration lasting;

    /**
     * @param url the office server, as browsers reach it
     * @param platform how the office server reaches the platform, when not by its public address
     * @param lasting how long one opening is good for, at most; the session's end comes first as a rule
     */
    WopiSettings(
            @Value("${entente.wopi.url:}") String url,
            @Value("${entente.wopi.name:}") String name,
            @Value("${entente.wopi.platform-url:}") String platform,
            @Value("${entente.public-url:http://localhost:8400}") String portal,
            @Value("${entente.wopi.token:10h}") Duration lasting) {
        this.name = name.isBlank() ? null : name.strip();
        this.portal = bare(portal);
        String asked = url.isBlank() ? null : bare(url);
        // Its pages run in a frame with the rights of their origin: on the portal's own, whoever writes them is whoever
        // is signed in.
        boolean ours =
                asked != null && origin(asked).filter(portalOrigin()::equals).isPresent();
        this.server = ours ? null : asked;
        this.refused = ours ? asked : null;
        if (ours) {
            log.error(
                    "No office server is used: office-server.url ({}) is on the portal's own origin. Give it a name of its own",
                    asked);
        }
        this.platform = platform.isBlank() ? this.portal : bare(platform);
        this.lasting = lasting;
    }

    Optional<String> server() {
        return Optional.ofNullable(server);
    }

    /** What the operator set and is not used, for it is on the portal's own origin. */
    Optional<String> refused() {
        return Optional.ofNullable(refused);
    }

    /** How people call it; null for no name of its own. */
    @Nullable
    String name() {
        return name;
    }

    Duration lasting() {
        return lasting;
    }

    /** Scheme, host and port of the portal, as browsers say it in messages between frames. */
    final String portalOrigin() {
        return origin(portal).orElse(portal);
    }

    String atPortal(String path) {
        return portal + path;
    }

    /** An address here, as the office server calls it; never taken from a request, whose headers anyone may write. */
    String atPlatform(String path) {
        return platform + path;
    }

    /** Whether the operator lets the office server come in clear. */
    boolean inClear() {
        return platform.startsWith("http:");
    }

    /** Of an address on the web; empty when it is not one. Ports that go without saying are not said. */
    static Optional<String> origin(String address) {
        try {
            URI uri = new URI(address.replaceAll("[<{|}>^ ].*", ""));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || !(scheme.equals("https") || scheme.equals("http"))) {
                return Optional.empty();
            }
            boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
            return Optional.of(
                    scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort()));
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String bare(String url) {
        return url.strip().replaceAll("/+$", "");
    }
}
