package org.entente.gateway;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.tomcat.websocket.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * WebSockets (RFC 6455): one to the application, with the same headers as any request, and one to the browser, that relay to each other. They are of
 * Tomcat, client and server, which lets messages pass in the pieces in which they come.
 */
@Component
class Tunnels {

    private static final Logger log = LoggerFactory.getLogger(Tunnels.class);

    private static final Set<String> OF_THE_HANDSHAKE = Set.of(
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions",
            "sec-websocket-accept");

    private final WebSocketContainer towards = ContainerProvider.getWebSocketContainer();
    private final SaysWhoComes who;
    private final LiveExchanges live;
    private final Pages pages;

    Tunnels(SaysWhoComes who, LiveExchanges live, Pages pages) {
        this.who = who;
        this.live = live;
        this.pages = pages;
    }

    static boolean asked(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return "GET".equals(request.getMethod())
                && upgrade != null
                && upgrade.strip().equalsIgnoreCase("websocket");
    }

    /**
     * Only for pages of the application itself: browsers let any page of the world open a WebSocket with the visitor's cookies, and say in {@code Origin}
     * which one it is.
     */
    void open(HttpServletRequest request, HttpServletResponse response, App app, Visit visit, String path)
            throws IOException {
        String origin = request.getHeader("Origin");
        if (origin == null || !app.isOrigin(origin)) {
            pages.answer(request, response, 403, "origin", app, List.of());
            return;
        }
        Relay relay = new Relay();
        Session application;
        try {
            application = towards.connectToServer(
                    relay.application(), asking(request, app, visit), URI.create(address(app, path)));
        } catch (DeploymentException | IOException | IllegalArgumentException e) {
            log.info("{} opens no WebSocket: {}", app.id(), e.getMessage());
            pages.answer(request, response, 502, "down", app, List.of());
            return;
        }
        LiveExchanges.Exchange exchange = live.begins(visit, true, relay::cut);
        relay.whenOver(exchange::close);
        try {
            container(request)
                    .upgradeHttpToWebSocket(request, response, answering(relay, application), new HashMap<>());
            if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                relay.cut(); // the browser's own part of the handshake was not in order
            }
        } catch (DeploymentException | ServletException | IOException e) {
            log.info("{}: a browser’s WebSocket was not opened: {}", app.id(), e.getMessage());
            relay.cut();
            pages.answer(request, response, 400, "refused", app, List.of());
        }
    }

    private ClientEndpointConfig asking(HttpServletRequest request, App app, Visit visit) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Passing.Header header : Passing.towards(request, app, who.headers(app, visit))) {
            if (!OF_THE_HANDSHAKE.contains(header.name().toLowerCase(Locale.ROOT))) {
                headers.computeIfAbsent(header.name(), name -> new ArrayList<>())
                        .add(header.value());
            }
        }
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(protocols(request))
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> handshake) {
                        handshake.keySet().removeIf(name -> name.equalsIgnoreCase("Host"));
                        handshake.put("Host", List.of(app.authority()));
                        handshake.putAll(headers);
                    }

                    @Override
                    public void afterResponse(HandshakeResponse response) {
                        // Cookies that are set by a handshake are none that an application relies upon.
                    }
                })
                .build();
        // Tomcat's client would follow an answer of the application to any host, and tell it who comes.
        config.getUserProperties().put(Constants.MAX_REDIRECTIONS_PROPERTY, "0");
        config.getUserProperties()
                .put(Constants.IO_TIMEOUT_MS_PROPERTY, Long.toString(app.how().answer() * 1000L));
        return config;
    }

    private static ServerEndpointConfig answering(Relay relay, Session application) {
        String protocol = application.getNegotiatedSubprotocol();
        return ServerEndpointConfig.Builder.create(Endpoint.class, "/")
                .subprotocols(protocol == null || protocol.isEmpty() ? List.of() : List.of(protocol))
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(relay.browser());
                    }

                    @Override
                    public boolean checkOrigin(String origin) {
                        return true; // was, before
                    }

                    @Override
                    public List<Extension> getNegotiatedExtensions(List<Extension> ours, List<Extension> asked) {
                        return List.of(); // pieces pass as they come
                    }
                })
                .build();
    }

    private static List<String> protocols(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String address(App app, String path) {
        return app.how().upstream().replaceFirst("^http", "ws") + path;
    }

    private static ServerContainer container(HttpServletRequest request) throws ServletException {
        @Nullable Object container = request.getServletContext().getAttribute(ServerContainer.class.getName());
        if (container == null) {
            throw new ServletException("The server has no WebSockets");
        }
        return (ServerContainer) Objects.requireNonNull(container);
    }
}
