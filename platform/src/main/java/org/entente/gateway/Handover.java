package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Secret;
import org.entente.catalog.SignIn;
import org.entente.directory.AffiliationId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * From the portal to an application's own host, which does not see the portal's cookie: the browser is sent to the portal with the hash of a secret
 * that only it holds for this host, and comes back with a code that opens a visit once, within a minute, to whoever holds that secret. A code that is
 * found, stolen or sent to somebody else opens nothing.
 */
@Component
class Handover {

    private static final Duration LASTS = Duration.ofMinutes(1);

    /** What a sign-in at the portal remembers of where somebody wanted to go. */
    private static final int LONGEST = 1000;

    /** Of a way into an application, to which a capacity and a word may be added on the way. */
    private static final int LONGEST_WAY = LONGEST - 100;

    /** Longer than any of ours. */
    private static final int LONGEST_CODE = 100;

    private final JdbcClient jdbc;
    private final Visits visits;
    private final Apps apps;
    private final Pages pages;
    private final Clock clock;

    Handover(JdbcClient jdbc, Visits visits, Apps apps, Pages pages, Clock clock) {
        this.jdbc = jdbc;
        this.visits = visits;
        this.apps = apps;
        this.pages = pages;
        this.clock = clock;
    }

    private record Code(
            byte[] browser, String service, UUID portalSession, UUID capacity, String target, boolean late) {}

    /** Sends the browser to the portal; it comes back to {@code target}. */
    void leave(HttpServletRequest request, HttpServletResponse response, App app, String target) throws IOException {
        String browser = Cookies.read(request, app, Cookies.BROWSER);
        if (browser == null) {
            browser = Secret.random();
            Cookies.write(response, app, Cookies.BROWSER, browser);
        }
        Pages.plain(response);
        String enter = "/go/" + app.id() + "/enter?state=" + Secret.text(Secret.kept(browser)) + "&to=";
        String wanted = encoded(target(app, target));
        boolean tooLong = enter.length() + wanted.length() > LONGEST_WAY;
        see(response, apps.portal(enter + (tooLong ? encoded(app.how().start()) : wanted)));
    }

    private static String encoded(String target) {
        return URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    /** On the portal, for somebody who has the right: where to send the browser. */
    String code(App app, byte[] browser, UUID portalSession, AffiliationId capacity, @Nullable String target) {
        String code = Secret.random();
        jdbc.sql("""
                INSERT INTO gateway.code (code, browser, service, portal_session, capacity, target, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        Secret.kept(code),
                        browser,
                        app.id(),
                        portalSession,
                        capacity.value(),
                        target(app, target),
                        OffsetDateTime.now(clock).plus(LASTS))
                .update();
        return app.how().url() + SignIn.Gateway.OURS + "enter?code=" + code;
    }

    /** Back on the application's host. A code is worth nothing after it was shown once, whoever showed it. */
    void enter(HttpServletRequest request, HttpServletResponse response, App app) throws IOException {
        String browser = Cookies.read(request, app, Cookies.BROWSER);
        Optional<Code> code = take(parameter(request.getQueryString(), "code"))
                .filter(one -> !one.late()
                        && one.service().equals(app.id())
                        && browser != null
                        && MessageDigest.isEqual(one.browser(), Secret.kept(browser)));
        if (code.isEmpty()) {
            pages.answer(request, response, 403, "stale", app, List.of(again(request, app)));
            return;
        }
        String before = Cookies.read(request, app, Cookies.VISIT);
        if (before != null) {
            visits.end(before);
        }
        Cookies.forgetTheirs(request, response);
        String secret = visits.start(app, code.get().portalSession(), code.get().capacity());
        Cookies.write(response, app, Cookies.VISIT, secret);
        Pages.plain(response);
        see(response, app.how().url() + code.get().target());
    }

    Pages.Link again(HttpServletRequest request, App app) {
        return new Pages.Link(pages.text(request, "gateway.again"), app.how().opens());
    }

    Pages.Link home(HttpServletRequest request) {
        return new Pages.Link(pages.text(request, "gateway.home"), apps.portal("/"));
    }

    private Optional<Code> take(@Nullable String code) {
        if (code == null || code.length() > LONGEST_CODE) {
            return Optional.empty();
        }
        return jdbc.sql("DELETE FROM gateway.code WHERE code = ? RETURNING *")
                .param(Secret.kept(code))
                .query((row, n) -> new Code(
                        row.getBytes("browser"),
                        row.getString("service"),
                        row.getObject("portal_session", UUID.class),
                        row.getObject("capacity", UUID.class),
                        row.getString("target"),
                        row.getObject("expires_at", OffsetDateTime.class).isBefore(OffsetDateTime.now(clock))))
                .optional();
    }

    /** A path of the application, and nothing that a browser could take for another place; else its own first page. */
    static String target(App app, @Nullable String asked) {
        if (asked == null
                || asked.length() > LONGEST
                || !asked.startsWith("/")
                || asked.startsWith("//")
                || asked.startsWith(SignIn.Gateway.OURS)
                || !asked.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\')) {
            return app.how().start();
        }
        return asked;
    }

    /** From the query alone: asking the request would read a form, which is for the application. */
    private static @Nullable String parameter(@Nullable String query, String name) {
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    private static void see(HttpServletResponse response, String where) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", where);
    }
}
