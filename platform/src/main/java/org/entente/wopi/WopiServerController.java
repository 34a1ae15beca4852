package org.entente.wopi;

import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.entente.identity.PortalSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens files in the operator's office server, and shows the operator how it is. */
@RestController
class WopiServerController {

    private final WopiSettings settings;
    private final WopiServer server;
    private final WopiServerCheck check;
    private final WopiTokens tokens;
    private final Files files;
    private final PortalSessions sessions;

    WopiServerController(
            WopiSettings settings,
            WopiServer server,
            WopiServerCheck check,
            WopiTokens tokens,
            Files files,
            PortalSessions sessions) {
        this.settings = settings;
        this.server = server;
        this.check = check;
        this.tokens = tokens;
        this.files = files;
        this.sessions = sessions;
    }

    /**
     * @param name of the office server; null when it has none, or when there is none
     * @param edits endings of names of what it writes
     * @param views of what it only shows
     */
    record Offer(@Nullable String name, List<String> edits, List<String> views) {}

    /**
     * What the page sends to the frame.
     *
     * @param server how people call it, if at all
     * @param action where the form goes
     * @param origin with whom the page then exchanges messages
     * @param token for this person, this file and this session; shown once
     * @param ttl when it ends, in milliseconds since 1970
     */
    record Opened(
            @Nullable String server,
            String name,
            @Nullable NodeId folder,
            boolean writes,
            String action,
            String origin,
            String token,
            long ttl) {}

    record Overview(
            @Nullable String url,
            @Nullable String name,
            String platform,
            List<String> edits,
            List<String> views,
            boolean signs,
            @Nullable OffsetDateTime fetchedAt,
            @Nullable OffsetDateTime calledAt) {}

    @GetMapping("/api/office-server")
    @Needs(Right.PERSON)
    Offer offer() {
        return server.discovery()
                .map(found -> new Offer(settings.name(), endings(found, true), endings(found, false)))
                .orElseGet(() -> new Offer(null, List.of(), List.of()));
    }

    @PostMapping("/api/office-server/files/{node}")
    @Needs(Right.PERSON)
    Opened open(Actor actor, @PathVariable NodeId node, HttpServletRequest request, Locale locale) {
        Visitor visitor = Visitor.of(actor);
        FileNode file = files.node(visitor, node);
        Discovery discovery = server.discovery().orElseThrow(() -> Refusal.conflict("wopi.none"));
        Discovery.Kind kind = Optional.of(file)
                .filter(found -> !found.folder())
                .flatMap(found -> discovery.kind(found.name()))
                .orElseThrow(() -> Refusal.conflict("wopi.kind", file.name()));
        PortalSessions.Current session =
                sessions.of(request).orElseThrow(() -> Refusal.of(Refusal.Kind.UNAUTHENTICATED, "wopi.token"));
        boolean writes = file.role().allows(SpaceRole.EDIT) && kind.edit() != null;
        String address = writes || kind.view() == null ? kind.edit() : kind.view();
        String action = WopiAddress.of(String.valueOf(address), settings.atPlatform(WopiDoor.FILES + node), locale);
        WopiTokens.Given token = tokens.give(visitor, session.session(), node, writes);
        return new Opened(
                settings.name(),
                file.name(),
                file.parent(),
                writes,
                action,
                WopiSettings.origin(action).orElseThrow(),
                token.secret(),
                token.expiresAt().toEpochMilli());
    }

    @GetMapping("/api/operator/office-server")
    @Needs(Right.READ_TERRITORY)
    Overview overview() {
        Optional<Discovery> found = server.discovery();
        WopiServer.State state = server.state();
        return new Overview(
                settings.server().orElse(null),
                settings.name(),
                settings.atPlatform(WopiDoor.FILES),
                found.map(one -> endings(one, true)).orElse(List.of()),
                found.map(one -> endings(one, false)).orElse(List.of()),
                found.map(one -> one.proof() != null).orElse(false),
                state.fetchedAt(),
                state.calledAt());
    }

    @PostMapping("/api/operator/office-server/check")
    @Needs(Right.OPERATE)
    List<WopiServerCheck.Found> check(Locale locale) {
        return check.check(locale);
    }

    private static List<String> endings(Discovery discovery, boolean edited) {
        return discovery.kinds().entrySet().stream()
                .filter(kind -> (kind.getValue().edit() != null) == edited)
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
