package org.entente.dav;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * @param mount where the tree is, without a slash at its end, such as {@code /dav/files}
 * @param path the names below it
 */
record Exchange(
        HttpServletRequest request,
        HttpServletResponse response,
        Visitor visitor,
        String mount,
        List<String> path,
        Locale locale,
        Instant now) {

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    String href(Resource resource) {
        return DavPath.href(mount, resource.path(), resource.folder());
    }

    boolean flag(String name, boolean otherwise) {
        String said = header(name);
        return said == null ? otherwise : said.strip().equalsIgnoreCase("T");
    }

    Exchange as(Visitor other) {
        return new Exchange(request, response, other, mount, path, locale, now);
    }

    Exchange at(List<String> other) {
        return new Exchange(request, response, visitor, mount, other, locale, now);
    }

    Exchange under(String other) {
        return new Exchange(request, response, visitor, other, path, locale, now);
    }

    /**
     * Nextcloud's clients take an answer for XML only where its type has these letters with this space in them, which the server we run in takes out of where they
     * belong; a parameter that nobody else reads keeps them.
     */
    private static final String AS_NEXTCLOUD = "application/xml; as=\"application/xml; charset=utf-8\"";

    /** Begins the answer of several in one (RFC 4918, 13). */
    XmlOut multistatus() throws IOException {
        response.setStatus(207);
        response.setContentType(mount.startsWith("/remote.php/") ? AS_NEXTCLOUD : "application/xml;charset=utf-8");
        return new XmlOut(response.getOutputStream()).root("multistatus");
    }

    /** Whether the client said that it wants no more than it needs (RFC 8144; {@code Brief}, of older clients). */
    boolean minimal() {
        String prefer = header("Prefer");
        return "t".equalsIgnoreCase(header("Brief"))
                || prefer != null && prefer.toLowerCase(Locale.ROOT).contains("return=minimal");
    }

    /** @param otherwise when the client says none */
    Depth depth(Depth otherwise) {
        String said = header("Depth");
        if (said == null) {
            return otherwise;
        }
        return switch (said.strip().toLowerCase(Locale.ROOT)) {
            case "0" -> Depth.ZERO;
            case "1" -> Depth.ONE;
            case "infinity" -> Depth.INFINITY;
            default -> throw DavError.of(400, "dav.depth");
        };
    }

    enum Depth {
        ZERO,
        ONE,
        INFINITY
    }
}
