package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What a link opens to whoever has it, without an account and without a programme: plain pages, files, and a form to put some. */
@RestController
@RequestMapping("/l/{secret}")
@Needs(Right.PUBLIC)
class LinkController {

    private static final String COOKIE = "entente-link";
    private static final Duration OPEN = Duration.ofHours(8);

    private final LinkVisits links;
    private final Files files;
    private final Putting putting;
    private final LinkPage page;
    private final Sealed sealed;
    private final Clock clock;
    private final RateLimits unknown = new RateLimits(60, Duration.ofMinutes(1));
    private final RateLimits wrong = new RateLimits(10, Duration.ofMinutes(1));

    LinkController(LinkVisits links, Files files, Putting putting, LinkPage page, Sealed sealed, Clock clock) {
        this.links = links;
        this.files = files;
        this.putting = putting;
        this.page = page;
        this.sealed = sealed;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<String> open(
            @PathVariable String secret,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie,
            HttpServletRequest request,
            Locale locale) {
        return shown(secret, null, cookie, request, locale);
    }

    @GetMapping("/folder/{node}")
    ResponseEntity<String> folder(
            @PathVariable String secret,
            @PathVariable NodeId node,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie,
            HttpServletRequest request,
            Locale locale) {
        return shown(secret, node, cookie, request, locale);
    }

    private ResponseEntity<String> shown(
            String secret, @Nullable NodeId node, @Nullable String cookie, HttpServletRequest request, Locale locale) {
        Optional<LinkVisits.Opened> found = find(secret, request);
        if (found.isEmpty()) {
            return page.over(locale);
        }
        LinkVisits.Opened opened = found.get();
        if (!proved(opened, cookie)) {
            return page.password(opened, secret, false, locale);
        }
        if (opened.link().upload()) {
            return page.upload(opened, secret, null, locale);
        }
        Optional<FileNode> at = node == null ? Optional.of(opened.node()) : links.within(opened, node);
        if (at.isEmpty()) {
            return page.over(locale);
        }
        links.tell(opened, "file-link.opened", at.get(), request.getRemoteAddr());
        List<FileNode> children = at.get().folder()
                ? files.children(opened.maker(), at.get().id(), null, LinkPage.MOST)
                : List.of(at.get());
        return page.list(opened, secret, at.get(), children, locale);
    }

    @PostMapping("/password")
    ResponseEntity<String> password(
            @PathVariable String secret, @RequestParam String password, HttpServletRequest request, Locale locale) {
        Optional<LinkVisits.Opened> found = find(secret, request);
        if (found.isEmpty()) {
            return page.over(locale);
        }
        UUID link = found.get().link().id();
        if (wrong.exhausted(link.toString())) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.link.often");
        }
        if (!links.fits(link, password)) {
            wrong.take(link.toString());
            return page.password(found.get(), secret, true, locale);
        }
        String proof = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        sealed.seal(link + " " + clock.instant().plus(OPEN).getEpochSecond() + " " + links.mark(link)));
        ResponseCookie cookie = ResponseCookie.from(COOKIE, proof)
                .path("/l/" + secret)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .maxAge(OPEN)
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
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        LinkVisits.Opened opened = find(secret, request)
                .filter(found -> proved(found, cookie) && !found.link().upload())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        FileNode file = links.within(opened, node)
                .filter(found -> !found.folder())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        // Who asks for the head alone has fetched nothing.
        if (!request.getMethod().equals("HEAD") && !links.fetch(opened, file, request.getRemoteAddr())) {
            throw Refusal.notFound("file.link.gone");
        }
        Sending.send(
                new Sending.Content(file.name(), file.mediaType(), file.size(), file.etag(), file.modifiedAt()),
                false,
                (from, length) -> files.read(opened.maker(), file, from, length),
                request,
                response);
    }

    /** Always as a new file: what is there is neither seen nor replaced. */
    @PostMapping(path = "/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> put(
            @PathVariable String secret,
            @RequestParam List<MultipartFile> file,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie,
            HttpServletRequest request,
            Locale locale)
            throws IOException {
        LinkVisits.Opened opened = find(secret, request)
                .filter(found -> proved(found, cookie) && found.link().upload())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        int put = 0;
        for (MultipartFile one : file) {
            if (one.getOriginalFilename() != null && !one.getOriginalFilename().isEmpty()) {
                FileNode made = put(opened, one, one.getOriginalFilename());
                links.tell(opened, "file-link.put", made, request.getRemoteAddr());
                put++;
            }
        }
        return page.upload(opened, secret, put, locale);
    }

    private FileNode put(LinkVisits.Opened opened, MultipartFile one, String sent) throws IOException {
        // Some browsers send a path.
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        Writing how = new Writing(one.getContentType(), null, null, Writing.OnlyIf.ANYTHING);
        try {
            return putting.write(opened.maker(), opened.node().id(), name, one::getInputStream, how, OnConflict.BOTH);
        } catch (Refusal refusal) {
            // With nothing of what is there, which is not a stranger's to know.
            throw refusal.code().equals("file.exists") ? Refusal.conflict("file.exists", name) : refusal;
        }
    }

    private Optional<LinkVisits.Opened> find(String secret, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (unknown.exhausted(address)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.link.often");
        }
        Optional<LinkVisits.Opened> found = links.open(secret);
        if (found.isEmpty()) {
            unknown.take(address);
        }
        return found;
    }

    private boolean proved(LinkVisits.Opened opened, @Nullable String cookie) {
        if (!opened.link().password()) {
            return true;
        }
        if (cookie == null) {
            return false;
        }
        try {
            String[] said = sealed.open(Base64.getUrlDecoder().decode(cookie)).split(" ");
            return said.length == 3
                    && said[0].equals(opened.link().id().toString())
                    && Long.parseLong(said[1]) > clock.instant().getEpochSecond()
                    && said[2].equals(links.mark(opened.link().id()));
        } catch (IllegalArgumentException | Refusal notOurs) {
            return false;
        }
    }
}
