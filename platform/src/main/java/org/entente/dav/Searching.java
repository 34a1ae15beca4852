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
import java.util.Objects;
import java.util.Set;
import org.entente.files.Chosen;
import org.entente.files.FileFavourites;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * SEARCH (RFC 5323) as phones do: {@code basicsearch} by name (the beginnings of words, whatever their accents and capitals), by type and time of modification for
 * galleries and what is recent, by mark, and by number. Any other question is refused rather than answered wrongly.
 */
@Component
class Searching {

    /** Where Nextcloud's clients ask; the scope says of which tree. */
    static final List<String> EVERYWHERE = List.of("remote.php", "dav");

    private static final int USUAL = 100;

    /** Some ask for all there is; what is beyond they ask for by an earlier time. */
    private static final int MOST = 5_000;

    private static final int PAGE = 500;

    private final DavTree tree;
    private final Properties properties;
    private final Files files;
    private final FileFavourites favourites;
    private final Clock clock;

    Searching(DavTree tree, Properties properties, Files files, FileFavourites favourites, Clock clock) {
        this.tree = tree;
        this.properties = properties;
        this.files = files;
        this.favourites = favourites;
        this.clock = clock;
    }

    static boolean isAsked(HttpServletRequest request, List<String> names) {
        return request.getMethod().equals("SEARCH")
                && (names.equals(EVERYWHERE)
                        || Mount.of(request.getRequestURI())
                                .filter(mount -> mount.kind() == Mount.Kind.TREE)
                                .isPresent());
    }

    private record Asked(String scope, Exchange.Depth depth, Sought sought, int limit, Properties.Wanted wanted) {

        static Asked of(Element body) {
            Element search = body.is("searchrequest") ? child(body, "basicsearch") : body;
            Element scope = child(child(search, "from"), "scope");
            Sought.order(search);
            return new Asked(
                    child(scope, "href").text(),
                    depth(scope.child("depth").map(Element::text).orElse("infinity")),
                    Sought.of(child(search, "where")),
                    number(
                            search.child("limit")
                                    .flatMap(limit -> limit.child("nresults"))
                                    .map(Element::text)
                                    .orElse(String.valueOf(USUAL)),
                            1),
                    new Properties.Wanted(
                            search.child("select")
                                    .flatMap(select -> select.child("prop"))
                                    .map(Properties.Wanted::names)
                                    .orElse(Set.of()),
                            false,
                            false));
        }

        private static Element child(Element of, String name) {
            return of.child(name).orElseThrow(Sought::unclear);
        }

        private static Exchange.Depth depth(String said) {
            return switch (said.toLowerCase(Locale.ROOT)) {
                case "0" -> Exchange.Depth.ZERO;
                case "1" -> Exchange.Depth.ONE;
                case "infinity" -> Exchange.Depth.INFINITY;
                default -> throw DavError.of(400, "dav.depth");
            };
        }
    }

    private static int number(String said, int least) {
        if (!said.matches("[0-9]{1,9}") || Integer.parseInt(said) < least) {
            throw DavError.of(400, "dav.xml");
        }
        return Math.min(MOST, Integer.parseInt(said));
    }

    /**
     * Which of all that is found are told: clients of Nextcloud 31 and later ask for a page by headers, with the whole question again. Theirs knows a page by a
     * token; ours needs none.
     */
    private record Part(int skip, int limit, boolean paged) {

        static Part of(HttpServletRequest request, int limit) {
            if (!"true".equalsIgnoreCase(request.getHeader("X-NC-Paginate"))) {
                return new Part(0, limit, false);
            }
            int skip = number(Objects.requireNonNullElse(request.getHeader("X-NC-Paginate-Offset"), "0"), 0);
            int count = number(
                    Objects.requireNonNullElse(request.getHeader("X-NC-Paginate-Count"), String.valueOf(USUAL)), 1);
            return new Part(skip, Math.clamp(limit - skip, 0, count), true);
        }

        <T> List<T> of(List<T> all) {
            return all.subList(Math.min(skip, all.size()), Math.min(skip + limit, all.size()));
        }
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
        Part part = Part.of(request, asked.limit());
        List<Resource> found = found(exchange.visitor(), within, asked, part);
        if (part.paged()) {
            response.setHeader("X-NC-Paginate", "true");
            response.setHeader("X-NC-Paginate-Token", "any");
        }
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
        if (path.length() > DavPath.LONGEST) {
            throw DavError.of(400, "dav.path");
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

    private List<Resource> found(Visitor visitor, Resource within, Asked asked, Part part) {
        String owner = asked.sought().owner();
        boolean another = owner != null && !owner.equals(visitor.capacity().toString());
        if (asked.depth() == Exchange.Depth.ZERO || !within.folder() || another || part.limit() == 0) {
            return List.of();
        }
        List<Resource> all = new ArrayList<>();
        for (Map.Entry<FileNode, List<String>> one :
                tree.pathsOf(visitor, nodes(visitor, within, asked, part)).entrySet()) {
            List<String> path = one.getValue();
            int deeper = path.size() - within.path().size();
            if (deeper > 0
                    && path.subList(0, within.path().size()).equals(within.path())
                    && (asked.depth() == Exchange.Depth.INFINITY || deeper == 1)) {
                all.add(Resource.inside(path, one.getKey()));
            }
        }
        return asked.sought().chosen() ? all : part.of(all);
    }

    /** All of them, or, where there may be many, that part. */
    private List<FileNode> nodes(Visitor visitor, Resource within, Asked asked, Part part) {
        Sought sought = asked.sought();
        boolean deep = asked.depth() == Exchange.Depth.INFINITY;
        if (sought.words() instanceof String words) {
            NodeId beneath = within.node() == null ? null : within.node().id();
            return files.named(visitor, words, beneath, deep ? asked.limit() : MOST).stream()
                    .filter(node -> node.folder() || !sought.foldersOnly()) // these come first
                    .toList();
        }
        if (sought.number() instanceof Long number) {
            return files.numbered(visitor, number);
        }
        if (sought.favourite()) {
            return favourites.all(visitor);
        }
        if (within.kind() == Resource.Kind.TOP && !deep) {
            return List.of(); // spaces, none of which is a file
        }
        return files.choose(
                visitor,
                new Chosen(
                        sought.types(),
                        sought.from(),
                        sought.until(),
                        within(visitor, within),
                        deep,
                        part.skip(),
                        part.limit()));
    }

    /** Null for everywhere. */
    private @Nullable List<NodeId> within(Visitor visitor, Resource folder) {
        return switch (folder.kind()) {
            case TOP -> null;
            case SHARED -> files.sharedWith(visitor).stream().map(FileNode::id).toList();
            default -> List.of(folder.real().id());
        };
    }
}
