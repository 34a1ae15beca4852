package org.entente.office;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.files.FileNode;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.identity.PortalSessions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.util.WebUtils;

/** The line of a browser that is in a document. An endpoint as any other until it is known who comes; from then on a WebSocket (RFC 6455). */
@RestController
@Needs(Right.PERSON)
class LiveController {

    private final Together together;
    private final SittingBook sittings;
    private final Presence presence;
    private final PortalSessions sessions;
    private final LiveLine.Shared shared;
    private final OfficeSettings settings;
    private final DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();

    LiveController(
            Together together,
            SittingBook sittings,
            Presence presence,
            PortalSessions sessions,
            LiveLine.Shared shared,
            OfficeSettings settings) {
        this.together = together;
        this.sittings = sittings;
        this.presence = presence;
        this.sessions = sessions;
        this.shared = shared;
        this.settings = settings;
    }

    /** @param since the last entry that this browser has; 0 for none */
    @GetMapping("/api/office/{node}/live")
    void live(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam UUID sitting,
            @RequestParam(defaultValue = "0") long since,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ServletServerHttpRequest asked = new ServletServerHttpRequest(request);
        // A page of another place could open one with our cookie: browsers say whose page it is, and cannot be made to
        // lie.
        if (request.getHeader(HttpHeaders.ORIGIN) == null || !WebUtils.isSameOrigin(asked)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "forged");
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            throw Refusal.invalid("office.upgrade");
        }
        ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
        handshake.doHandshake(asked, answer, line(actor, node, sitting, since, request), Map.of());
        answer.close();
    }

    /** A line, or one that says why there is none: a refusal of the handshake itself is hidden from the page by its browser (WHATWG WebSockets, 4). */
    private WebSocketHandler line(Actor actor, NodeId node, UUID sitting, long since, HttpServletRequest request) {
        FileNode file;
        try {
            file = together.document(actor, node);
        } catch (Refusal refusal) {
            return switch (refusal.kind()) {
                case NOT_FOUND, FORBIDDEN -> new ClosedLine(Closing.NO_RIGHT);
                case UNAUTHENTICATED -> new ClosedLine(Closing.SIGNED_OUT);
                case INVALID, TOO_LARGE, CONFLICT -> new ClosedLine(Closing.ENDED); // opening it anew says why
                case TOO_MANY, UNAVAILABLE -> throw refusal; // to try again
            };
        }
        Optional<UUID> session = sessions.of(request).map(PortalSessions.Current::session);
        if (session.isEmpty()) {
            return new ClosedLine(Closing.SIGNED_OUT);
        }
        Optional<Sitting> found = sittings.find(node)
                .filter(one -> one.id().equals(sitting) && one.seeded() && since >= 0 && since <= one.seq());
        if (found.isEmpty()) {
            return new ClosedLine(Closing.ENDED);
        }
        if (presence.of(actor.person().value()) >= settings.mostSockets()
                || presence.together(sitting) >= settings.mostTogether()) {
            return new ClosedLine(Closing.CROWDED);
        }
        return new LiveLine(shared, found.get(), session.get(), Visitor.of(actor), Together.writes(file), since);
    }

    /** Of somebody who may not come: opened only to say so. */
    private static final class ClosedLine extends AbstractWebSocketHandler {

        private final CloseStatus why;

        ClosedLine(CloseStatus why) {
            this.why = why;
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession line) throws IOException {
            line.close(why);
        }
    }
}
