package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.entente.catalog.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Serves a request for an application's host: who may, passes; who is not known, goes to the portal and comes back. */
@Component
class Gateway {

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private static final Set<String> NEVER = Set.of("TRACE", "TRACK", "CONNECT");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");

    private final Apps apps;
    private final Visits visits;
    private final Handover handover;
    private final Proxy proxy;
    private final Tunnels tunnels;
    private final Pages pages;

    Gateway(Apps apps, Visits visits, Handover handover, Proxy proxy, Tunnels tunnels, Pages pages) {
        this.apps = apps;
        this.visits = visits;
        this.handover = handover;
        this.proxy = proxy;
        this.tunnels = tunnels;
        this.pages = pages;
    }

    /** False when the request is for no application, and so for the platform itself. */
    boolean takes(HttpServletRequest request, HttpServletResponse response) throws IOException {
        App app = apps.of(request);
        if (app == null) {
            return false;
        }
        try {
            serve(request, response, app);
        } catch (DataAccessException e) {
            log.warn("{}: the database does not answer", app.id());
            answer(request, response, 503, "unavailable", app);
        } catch (RuntimeException e) {
            log.error("{} {} of {} failed", request.getMethod(), request.getRequestURI(), app.id(), e);
            answer(request, response, 502, "down", app);
        }
        return true;
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, App app) throws IOException {
        String path = Passing.pathAndQuery(request);
        if (path == null || NEVER.contains(request.getMethod().toUpperCase(Locale.ROOT))) {
            answer(request, response, 400, "refused", app);
            return;
        }
        if (path.startsWith(SignIn.Gateway.OURS)) {
            ours(request, response, app);
            return;
        }
        String secret = Cookies.read(request, app, Cookies.VISIT);
        Optional<Visit> visit = visits.find(secret, app);
        if (visit.isEmpty()) {
            stranger(request, response, app, path);
        } else if (fromElsewhere(request, app)) {
            pages.answer(request, response, 403, "origin", app, List.of());
        } else if (Tunnels.asked(request)) {
            tunnels.open(request, response, app, visit.get(), path);
        } else if (request.getRequestURI().equals(app.how().signOut()) && secret != null) {
            visits.end(secret);
            Cookies.forget(response, app, Cookies.VISIT);
            proxy.passSignOut(request, response, app, visit.get(), path);
        } else {
            proxy.pass(request, response, app, visit.get(), path);
        }
    }

    /**
     * Neighbouring hosts are one site to a browser, which sends the cookie of a visit along: whoever believes headers has often nothing else against a form
     * that another application made somebody send.
     */
    private static boolean fromElsewhere(HttpServletRequest request, App app) {
        String origin = request.getHeader("Origin");
        return origin != null
                && !SAFE.contains(request.getMethod().toUpperCase(Locale.ROOT))
                && !origin.equalsIgnoreCase(app.how().url());
    }

    /** A page leads to the sign-in and back; anything else would be answered by a page that it cannot read. */
    private void stranger(HttpServletRequest request, HttpServletResponse response, App app, String path)
            throws IOException {
        boolean readable = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        if (readable && Pages.wantsPage(request) && !Tunnels.asked(request)) {
            handover.leave(request, response, app, path);
        } else {
            pages.answer(request, response, 401, "signed-out", app, List.of(handover.again(request, app)));
        }
    }

    private void ours(HttpServletRequest request, HttpServletResponse response, App app) throws IOException {
        String what = request.getRequestURI().substring(SignIn.Gateway.OURS.length());
        switch ("GET".equals(request.getMethod()) ? what : "") {
            case "start" -> handover.leave(request, response, app, app.how().start());
            case "enter" -> handover.enter(request, response, app);
            case Pages.STYLE -> pages.style(response);
            default -> answer(request, response, 404, "refused", app);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, int status, String what, App app)
            throws IOException {
        if (!response.isCommitted()) {
            pages.answer(request, response, status, what, app, List.of(handover.home(request)));
        }
    }
}
