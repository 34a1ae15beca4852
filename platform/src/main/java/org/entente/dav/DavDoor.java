package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.entente.base.Refusal;
import org.entente.dav.ocs.Ocs;
import org.entente.files.Visitor;
import org.entente.identity.AppPasswords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Leads a request to the method it asks for, once it is known who comes and that its conditions hold. */
@Component
class DavDoor {

    static final String ALLOWED =
            "OPTIONS, GET, HEAD, PUT, DELETE, MKCOL, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK, REPORT, SEARCH";

    private static final Logger log = LoggerFactory.getLogger(DavDoor.class);
    private static final List<String> OURS =
            List.of("/dav", "/remote.php", "/status.php", "/ocs", "/index.php", "/.well-known/webdav");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "SEARCH");

    private final DavSignIn signIn;
    private final Conditions conditions;
    private final Refused refused;
    private final Nextcloud nextcloud;
    private final LoginFlow login;
    private final Ocs ocs;
    private final Uploads uploads;
    private final TrashBin bin;
    private final Versions versions;
    private final Pictures pictures;
    private final Searching searching;
    private final LocaleResolver locales;
    private final Clock clock;
    private final Map<String, Method> methods = new HashMap<>();

    DavDoor(
            DavSignIn signIn,
            Conditions conditions,
            Refused refused,
            Nextcloud nextcloud,
            LoginFlow login,
            Ocs ocs,
            Uploads uploads,
            TrashBin bin,
            Versions versions,
            Pictures pictures,
            Searching searching,
            LocaleResolver locales,
            Clock clock,
            List<Method> methods) {
        this.signIn = signIn;
        this.conditions = conditions;
        this.refused = refused;
        this.nextcloud = nextcloud;
        this.login = login;
        this.ocs = ocs;
        this.uploads = uploads;
        this.bin = bin;
        this.versions = versions;
        this.pictures = pictures;
        this.searching = searching;
        this.locales = locales;
        this.clock = clock;
        methods.forEach(method -> method.names().forEach(name -> this.methods.put(name, method)));
    }

    /** @param path as it was sent */
    static boolean isOurs(String path) {
        return OURS.stream()
                .anyMatch(ours ->
                        path.startsWith(ours) && (path.length() == ours.length() || path.charAt(ours.length()) == '/'));
    }

    void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Locale locale = locales.resolveLocale(request);
        harmless(response);
        try {
            serve(request, response, locale);
        } catch (DavError error) {
            fails(request, response, error, locale);
        } catch (Refusal refusal) {
            fails(request, response, Refused.told(refusal, request.getRequestURI()), locale);
        } catch (ClientAbortException gone) {
            throw gone; // nobody is there any more to read an answer
        } catch (DataAccessException e) {
            DavError told = Refused.told(e);
            if (told == null) {
                log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            } else if (told.status() == 503) {
                log.warn("{} {}: the database does not answer", request.getMethod(), request.getRequestURI());
            }
            fails(request, response, told == null ? DavError.of(500, "request.failed") : told, locale);
        } catch (IOException e) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), e.toString());
            fails(request, response, DavError.of(503, "request.failed"), locale);
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            fails(request, response, DavError.of(500, "request.failed"), locale);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Locale locale) throws IOException {
        String uri = request.getRequestURI();
        List<String> names = DavPath.names(uri); // what leads out of where it is, is refused wherever it would lead
        if (nextcloud.tellsStranger(names, response) || login.answers(names, request, response)) {
            return;
        }
        if (Ocs.isOurs(names)) {
            ocs(names, request, response, locale);
            return;
        }
        if (Pictures.areAt(names)) {
            fromHere(request);
            AppPasswords.Granted granted = signIn.who(request, response);
            pictures.answer(Visitor.of(granted, request.getRemoteAddr()), names, request, response);
            return;
        }
        if (Searching.isAsked(request, names)) {
            fromHere(request);
            searching.answer(signIn.who(request, response), request, response, locale);
            return;
        }
        Optional<Mount> found = Mount.of(uri);
        // Clients ask where they search from, which is no tree, whether it is searched at all.
        if ((found.isPresent() || names.equals(Searching.EVERYWHERE))
                && request.getMethod().equals("OPTIONS")) {
            options(response);
            return;
        }
        if (found.isEmpty()) {
            elsewhere(uri, response);
            return;
        }
        fromHere(request);
        AppPasswords.Granted granted = signIn.who(request, response);
        Mount mount = found.get();
        if (!mount.isFor(granted)) {
            throw DavError.of(404, "dav.unknown");
        }
        Exchange exchange = new Exchange(
                request,
                response,
                Visitor.of(granted, request.getRemoteAddr()),
                mount.prefix(),
                mount.path(),
                locale,
                clock.instant());
        switch (mount.kind()) {
            case UPLOADS -> {
                IfHeader header = IfHeader.parse(exchange.header("If"));
                uploads.answer(exchange.as(exchange.visitor().holding(header.tokens())), mount.files());
            }
            case TRASH -> bin.answer(exchange);
            case VERSIONS -> versions.answer(exchange);
            case TREE -> {
                Method method = methods.get(request.getMethod());
                if (method == null) {
                    throw DavError.of(405, "dav.method");
                }
                answer(method, exchange);
            }
        }
    }

    private void answer(Method method, Exchange stranger) throws IOException {
        IfHeader header = IfHeader.parse(stranger.header("If"));
        Exchange exchange = stranger.as(stranger.visitor().holding(header.tokens()));
        Optional<Resource> had = conditions.check(exchange, header);
        if (had.isPresent()) {
            exchange.response().setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            exchange.response().setHeader("ETag", had.get().quotedEtag()); // RFC 9110, 15.4.5
            return;
        }
        method.answer(exchange);
    }

    private void ocs(List<String> names, HttpServletRequest request, HttpServletResponse response, Locale locale)
            throws IOException {
        fromHere(request);
        Ocs.Who who = () -> {
            AppPasswords.Granted granted = signIn.who(request, response);
            return new Ocs.Known(Visitor.of(granted, request.getRemoteAddr()), granted.address());
        };
        ocs.answer(names, request, response, who, LoginFlow.base(request), locale);
    }

    /** Pictures of people and whatever else such clients look for: they make do without. */
    private static void elsewhere(String uri, HttpServletResponse response) {
        if (!uri.equals("/dav") && !uri.equals("/dav/") && !uri.equals("/.well-known/webdav")) {
            throw DavError.of(404, "dav.unknown");
        }
        response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
        response.setHeader("Location", Mount.OURS + "/");
    }

    private static void options(HttpServletResponse response) {
        response.setHeader("DAV", "1, 2, 3");
        response.setHeader("Allow", ALLOWED);
        response.setHeader("DASL", "<DAV:basicsearch>");
        response.setHeader("MS-Author-Via", "DAV");
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentLength(0);
    }

    /** A browser keeps a password it was once given: no other site's page may have it change anything. */
    private static void fromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null
                && !SAFE.contains(request.getMethod())
                && !site.equals("same-origin")
                && !site.equals("none")) {
            throw DavError.of(403, "dav.origin");
        }
    }

    /** Whatever is in a file, opened in a browser it does nothing in our name. */
    private static void harmless(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader("Cache-Control", "no-store");
    }

    private void fails(HttpServletRequest request, HttpServletResponse response, DavError error, Locale locale)
            throws IOException {
        if (response.isCommitted()) {
            // Half an answer must not look like a whole one.
            throw new CloseNowException(Objects.requireNonNullElse(error.getMessage(), ""), error);
        }
        refused.answer(request, response, error, locale);
    }
}
