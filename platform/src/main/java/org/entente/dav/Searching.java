package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.Found;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * SEARCH (RFC 5323) by name, as phones do: {@code basicsearch} with one {@code like} of {@code displayname}. It finds what the search of the portal finds by name: the
 * beginnings of words, whatever their accents and capitals. Any other question is refused rather than answered wrongly.
 */
@Component
class Searching {

    /** Where Nextcloud's clients ask; the scope says of which tree. */
    private static final List<String> EVERYWHERE = List.of("remote.php", "dav");

    private static final int USUAL = 100;
    private static final int MOST = 500;
    private static final int PAGE = 100;
    private static final int LONGEST = 200;

    private final DavTree tree;
    private final Properties properties;
    private final Files files;
    private final Clock clock;

    Searching(DavTree tree, Properties properties, Files files, Clock clock) {
        this.tree = tree;
        this.properties = properties;
        this.files = files;
        this.clock = clock;
    }

    static boolean isAsked(HttpServletRequest request, List<String> names) {
        return request.getMethod().equals("SEARCH")
                && (names.equals(EVERYWHERE)
                        || Mount.of(request.getRequestURI())
                                .filter(mount -> mount.kind() == Mount.Kind.TREE)
                                .isPresent());
    }

    private record Asked(String scope, Exchange.Depth depth, String words, int limit, Properties.Wanted wanted) {

        static Asked of(Element body) {
            Element search = body.is("searchrequest") ? child(body, "basicsearch") : body;
            Element scope = child(child(search, "from"), "scope");
            return new Asked(
                    child(scope, "href").text(),
                    depth(scope.child("depth").map(Element::text).orElse("infinity")),
                    words(child(search, "where")),
                    limit(search.child("limit")
                            .flatMap(limit -> limit.child("nresults"))
                            .map(Element::text)
                            .orElse(String.valueOf(USUAL))),
                    new Properties.Wanted(
                            search.child("select")
                                    .flatMap(select -> select.child("prop"))
                                    .map(Properties.Wanted::names)
                                    .orElse(Set.of()),
                            false,
                            false));
        }

        private static Element child(Element of, String name) {
            return of.child(name).orElseThrow(Searching::unclear);
        }

        private static Exchange.Depth depth(String said) {
            return switch (said.toLowerCase(Locale.ROOT)) {
                case "0" -> Exchange.Depth.ZERO;
                case "1" -> Exchange.Depth.ONE;
                case "infinity" -> Exchange.Depth.INFINITY;
                default -> throw DavError.of(400, "dav.depth");
            };
        }

        private static int limit(String said) {
            if (!said.matches("[1-9][0-9]{0,8}")) {
                throw DavError.of(400, "dav.xml");
            }
            return Math.min(MOST, Integer.parseInt(said));
        }

        /** Of the one thing that is asked, alone or in an {@code and} or {@code or} of one. */
        private static String words(Element where) {
            List<Element> all = where.children().toList();
            if (all.size() != 1) {
                throw unclear();
            }
            Element one = all.getFirst();
            if (one.is("and") || one.is("or")) {
                return words(one);
            }
            if (!one.is("like")
                    || child(one, "prop").children().count() != 1
                    || child(one, "prop").child("displayname").isEmpty()) {
                throw unclear();
            }
            String words = child(one, "literal").text().replace('%', ' ').strip();
            if (words.isEmpty() || words.length() > LONGEST) {
                throw unclear();
            }
            return words;
        }
    }

    private static DavError unclear() {
        return DavError.of(422, "dav.search");
    }

    void answer(AppPasswords.Granted granted, HttpServletRequest request, HttpServletResponse response, Locale locale)
            throws IOException {
        Asked asked = Asked.of(Xml.read(request.getInputStream()).orElseThrow(() -> DavError.of(400, "dav.xml")));
        Mount mount = Mount.of(scope(asked.scope(), request.getRequestURI()))
                .filter(found -> found.kind() == Mount.Kind.TREE && found.isFor(granted))
                .orElseThrow(() -> DavError.of(404, "dav.unknown"));
        Exchange exchange = new Exchange(
                request,
                response,
                Visitor.of(granted, request.getRemoteAddr()),
                mount.prefix(),
                mount.path(),
                locale,
                clock.instant());
        Resource within = tree.get(exchange.visitor(), exchange.path());
        List<Resource> found = found(exchange.visitor(), within, asked);
        try (XmlOut out = exchange.multistatus()) {
            for (int i = 0; i < found.size(); i += PAGE) {
                properties.write(exchange, out, found.subList(i, Math.min(i + PAGE, found.size())), asked.wanted());
            }
            out.close("multistatus");
        }
    }

    /** As an address of ours: clients also write it from where their trees begin, and with or without the host. */
    private static String scope(String said, String uri) {
        String path;
        try {
            path = said.contains("://") ? URI.create(said).getRawPath() : said;
        } catch (IllegalArgumentException none) {
            throw DavError.of(400, "dav.path");
        }
        if (path == null || path.isEmpty() || path.equals("/")) {
            return uri;
        }
        String plain = path.chars().allMatch(c -> c > 32 && c < 127) ? path : spelled(path);
        return plain.startsWith("/files/") ? "/remote.php/dav" + plain : plain;
    }

    /** Some clients write names as they are. */
    private static String spelled(String path) {
        StringBuilder out = new StringBuilder();
        for (byte one : path.getBytes(UTF_8)) {
            if (one > 32 && one < 127) {
                out.append((char) one);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", one & 0xFF));
            }
        }
        return out.toString();
    }

    private List<Resource> found(Visitor visitor, Resource within, Asked asked) {
        if (asked.depth() == Exchange.Depth.ZERO || !within.folder()) {
            return List.of();
        }
        NodeId beneath = within.node() == null ? null : within.node().id();
        List<Resource> all = new ArrayList<>();
        for (Map.Entry<FileNode, List<String>> one :
                tree.pathsOf(visitor, named(visitor, asked, beneath)).entrySet()) {
            List<String> path = one.getValue();
            int deeper = path.size() - within.path().size();
            if (deeper > 0
                    && path.subList(0, within.path().size()).equals(within.path())
                    && (asked.depth() == Exchange.Depth.INFINITY || deeper == 1)) {
                all.add(Resource.inside(path, one.getKey()));
            }
        }
        return all;
    }

    private List<FileNode> named(Visitor visitor, Asked asked, @Nullable NodeId beneath) {
        List<FileNode> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Found page = files.search(
                    visitor, asked.words(), beneath, next.orElse(null), Math.min(PAGE, asked.limit() - all.size()));
            page.hits().stream()
                    .filter(hit -> hit.by() == Found.By.NAME)
                    .map(Found.Hit::node)
                    .forEach(all::add);
            // Those that say the words come after those that are called so.
            boolean more = page.hits().stream().allMatch(hit -> hit.by() == Found.By.NAME);
            next = more ? Optional.ofNullable(page.next()) : Optional.empty();
        } while (next.isPresent() && all.size() < asked.limit());
        return all;
    }
}
