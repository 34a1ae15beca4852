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
class LinkVisitors {

    private static final String PURPOSE = "file link";

    static final String COOKIE = "entente-link";

    /** How long a password once given opens. */
    static final Duration OPEN = Duration.ofHours(8);

    private final LinkVisits links;
    private final Sealed sealed;
    private final Clock clock;
    private final RateLimits unknown = new RateLimits(60, Duration.ofMinutes(1));

    LinkVisitors(LinkVisits links, Sealed sealed, Clock clock) {
        this.links = links;
        this.sealed = sealed;
        this.clock = clock;
    }

    Optional<LinkVisits.Opened> find(String secret, HttpServletRequest request) {
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

    /** For the cookie of whoever knew the password. */
    String proof(FileLinks.Link link) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sealed.seal(
                        PURPOSE,
                        link.id() + " " + clock.instant().plus(OPEN).getEpochSecond() + " " + links.mark(link.id())));
    }

    boolean proved(LinkVisits.Opened opened, HttpServletRequest request) {
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
            return said.length == 3
                    && said[0].equals(opened.link().id().toString())
                    && Long.parseLong(said[1]) > clock.instant().getEpochSecond()
                    && said[2].equals(links.mark(opened.link().id()));
        } catch (IllegalArgumentException | Refusal notOurs) {
            return false;
        }
    }
}
