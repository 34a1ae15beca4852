package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.entente.base.RateLimits;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Who comes by a link: whether there is one, and whether they have shown that they know its password. */
@Component
class LinkVisits {

    private static final String PURPOSE = "file link";

    static final String COOKIE = "entente-link";

    /** How long a password once given opens. */
    static final Duration OPEN = Duration.ofHours(8);

    private final LinkBook links;
    private final Sealed sealed;
    private final Clock clock;
    private final RateLimits unknown = new RateLimits(60, Duration.ofMinutes(1));

    LinkVisits(LinkBook links, Sealed sealed, Clock clock) {
        this.links = links;
        this.sealed = sealed;
        this.clock = clock;
    }

    Optional<LinkBook.Opened> find(String secret, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (unknown.exhausted(address)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.link.often");
        }
        Optional<LinkBook.Opened> found = links.open(secret);
        if (found.isEmpty()) {
            unknown.take(address);
        }
        return found;
    }

    /** For the cookie of whoever knew the password. */
    String proof(FileLinks.Link link) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sealed.seal(
                        PURPOSE, link.id() + " " + clock.instant().plus(OPEN).getEpochSecond()));
    }

    boolean proved(LinkBook.Opened opened, HttpServletRequest request) {
        if (!opened.link().password()) {
            return true;
        }
        var cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return false;
        }
        try {
            String[] said = sealed.openStrictly(PURPOSE, Base64.getUrlDecoder().decode(cookie.getValue()))
                    .split(" ");
            return said.length == 2
                    && said[0].equals(opened.link().id().toString())
                    && Long.parseLong(said[1]) > clock.instant().getEpochSecond();
        } catch (IllegalArgumentException | Refusal notOurs) {
            return false;
        }
    }
}
