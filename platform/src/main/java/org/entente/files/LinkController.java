package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Network;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a link opens to whoever has it, without an account and without a programme: plain pages and files. What it takes: {@link LinkUploads}. */
@RestController
@RequestMapping("/l/{secret}")
@Needs(Right.PUBLIC)
class LinkController {

    private final LinkVisits links;
    private final Files files;
    private final LinkPage page;
    private final LinkVisitors visits;
    private final LinkRoom room;

    /** Once an hour from each place: who reloads a page fills no ledger. */
    private final RateLimits told = new RateLimits(1, Duration.ofHours(1));

    private final RateLimits wrong = new RateLimits(10, Duration.ofMinutes(1));

    LinkController(LinkVisits links, Files files, LinkPage page, LinkVisitors visits, LinkRoom room) {
        this.links = links;
        this.files = files;
        this.page = page;
        this.visits = visits;
        this.room = room;
    }

    @GetMapping
    ResponseEntity<String> open(@PathVariable String secret, HttpServletRequest request, Locale locale) {
        return shown(secret, null, request, locale);
    }

    @GetMapping("/folder/{node}")
    ResponseEntity<String> folder(
            @PathVariable String secret, @PathVariable NodeId node, HttpServletRequest request, Locale locale) {
        return shown(secret, node, request, locale);
    }

    private ResponseEntity<String> shown(
            String secret, @Nullable NodeId node, HttpServletRequest request, Locale locale) {
        Optional<LinkVisits.Opened> found = visits.find(secret, request);
        if (found.isEmpty()) {
            return page.over(locale);
        }
        LinkVisits.Opened opened = found.get();
        if (!visits.proved(opened, request)) {
            return page.password(opened, secret, false, locale);
        }
        if (opened.link().upload()) {
            return page.upload(
                    opened, secret, null, null, room.left(opened.link().id()), locale);
        }
        Optional<FileNode> at = node == null ? Optional.of(opened.node()) : links.within(opened, node);
        if (at.isEmpty()) {
            return page.over(locale);
        }
        if (told.take(opened.link().id() + " " + Network.of(request.getRemoteAddr()))) {
            links.tell(opened, "file-link.opened", at.get(), request.getRemoteAddr());
        }
        List<FileNode> children = at.get().folder()
                ? files.children(opened.maker(), at.get().id(), null, LinkPage.MOST)
                : List.of(at.get());
        return page.list(opened, secret, at.get(), children, locale);
    }

    @PostMapping("/password")
    ResponseEntity<String> password(
            @PathVariable String secret, @RequestParam String password, HttpServletRequest request, Locale locale) {
        Optional<LinkVisits.Opened> found = visits.find(secret, request);
        if (found.isEmpty()) {
            return page.over(locale);
        }
        UUID link = found.get().link().id();
        // Of this link from there: whoever guesses shuts it to nobody else. Taken before the slow hash, or many at once
        // would all pass.
        String attempt = link + " " + Network.of(request.getRemoteAddr());
        if (!wrong.take(attempt)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.link.often");
        }
        if (!links.fits(link, password)) {
            return page.password(found.get(), secret, true, locale);
        }
        wrong.giveBack(attempt);
        ResponseCookie cookie = ResponseCookie.from(
                        LinkVisitors.COOKIE, visits.proof(found.get().link()))
                .path("/l/" + secret)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .maxAge(LinkVisitors.OPEN)
                .build();
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/l/" + secret))
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }

    @GetMapping("/file/{node}")
    void file(
            @PathVariable String secret,
            @PathVariable NodeId node,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        LinkVisits.Opened opened = visits.find(secret, request)
                .filter(found -> visits.proved(found, request) && !found.link().upload())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        FileNode file = links.within(opened, node)
                .filter(found -> !found.folder())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        if (file.size() > 0) {
            files.read(file, 0, 0).close(); // what is withheld was not fetched
        }
        // Who asks for the head alone has fetched nothing.
        if (!request.getMethod().equals("HEAD") && !links.fetch(opened, file, request.getRemoteAddr())) {
            throw Refusal.notFound("file.link.gone");
        }
        Sending.send(
                new Sending.Content(file.name(), file.mediaType(), file.size(), file.etag(), file.modifiedAt()),
                false,
                (from, length) -> files.read(file, from, length),
                request,
                response);
    }
}
