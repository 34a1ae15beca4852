package org.entente.dav;

import static java.util.stream.Collectors.toSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.directory.AffiliationId;
import org.entente.files.FileNode;
import org.entente.files.FileSpace;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one tree in which a visitor finds everything: at the top a folder for each space and one for what was shared, below them what is in there. The
 * names at the top are the same for everyone and in French whatever the reader's language: a client that keeps copies knows them by name.
 */
@Component
class DavTree {

    static final String MINE = "Mes fichiers";
    static final String SHARED = "Partagés avec moi";

    static final int PAGE = 1_000;

    private final Files files;

    private final Cache<AffiliationId, Map<String, NodeId>> roots = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    DavTree(Files files) {
        this.files = files;
    }

    /** What takes a page of resources at a time, so that a folder of any size is never in memory whole. */
    interface Page {
        void take(List<Resource> some) throws java.io.IOException;
    }

    /** A way into a space, or into what somebody shared: names beneath a node. */
    record Way(NodeId from, List<String> names) {}

    Optional<Resource> find(Visitor visitor, List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(top(visitor));
        }
        if (path.getFirst().equals(SHARED)) {
            if (path.size() == 1) {
                return Optional.of(shared(visitor));
            }
            if (path.size() == 2) {
                return Optional.ofNullable(sharedByName(visitor).get(path.get(1)));
            }
        } else if (path.size() == 1) {
            return Optional.ofNullable(spacesByName(visitor).get(path.getFirst()))
                    .map(space -> entry(visitor, path.getFirst(), space));
        }
        return way(visitor, path)
                .flatMap(way -> files.find(visitor, way.from(), way.names()))
                .map(node -> Resource.inside(path, node));
    }

    /** None for what is at the top itself, and beneath what is not there. */
    Optional<Way> way(Visitor visitor, List<String> path) {
        int top = !path.isEmpty() && path.getFirst().equals(SHARED) ? 2 : 1;
        if (path.size() <= top) {
            return Optional.empty();
        }
        NodeId from = top == 1
                ? rootByName(visitor, path.getFirst())
                : Optional.ofNullable(sharedByName(visitor).get(path.get(1)))
                        .map(entry -> entry.real().id())
                        .orElse(null);
        return Optional.ofNullable(from).map(start -> new Way(start, path.subList(top, path.size())));
    }

    /** Where the names begin is looked up once for many requests; what may be seen from there is asked at each. */
    private @Nullable NodeId rootByName(Visitor visitor, String name) {
        Map<String, NodeId> known = roots.getIfPresent(visitor.capacity());
        if (known == null || !known.containsKey(name)) {
            known = new HashMap<>();
            for (Map.Entry<String, FileSpace> one : spacesByName(visitor).entrySet()) {
                known.put(one.getKey(), one.getValue().root());
            }
            roots.put(visitor.capacity(), known);
        }
        return known.get(name);
    }

    Resource get(Visitor visitor, List<String> path) {
        return find(visitor, path).orElseThrow(() -> DavError.of(404, "dav.unknown"));
    }

    /** The folder in which something of this path's last name is or would be: one of a space, that is there. */
    Resource parentOf(Visitor visitor, List<String> path) {
        if (path.isEmpty()) {
            throw DavError.of(403, "dav.top");
        }
        Resource parent = find(visitor, path.subList(0, path.size() - 1))
                .filter(Resource::folder)
                .orElseThrow(() -> DavError.of(409, "dav.parent"));
        if (parent.node() == null) {
            throw DavError.condition(403, "need-privileges", "dav.top");
        }
        return parent;
    }

    /** Where this visitor has a node: the reverse of {@link #find}. */
    Optional<List<String>> pathOf(Visitor visitor, FileNode node) {
        return Optional.ofNullable(pathsOf(visitor, List.of(node)).get(node));
    }

    /** Of many, each that has a place; they are asked for at once. */
    Map<FileNode, List<String>> pathsOf(Visitor visitor, List<FileNode> nodes) {
        Map<FileNode, List<String>> paths = new LinkedHashMap<>();
        if (nodes.isEmpty()) {
            return paths;
        }
        Map<NodeId, List<String>> tops = tops(visitor);
        Map<NodeId, Files.Way> ways =
                files.ways(visitor, nodes.stream().map(FileNode::id).collect(toSet()));
        for (FileNode node : nodes) {
            Files.Way way = ways.get(node.id());
            List<String> top = way == null ? null : tops.get(way.top());
            if (way != null && top != null) {
                paths.put(
                        node, Stream.concat(top.stream(), way.names().stream()).toList());
            }
        }
        return paths;
    }

    private Map<NodeId, List<String>> tops(Visitor visitor) {
        Map<NodeId, List<String>> tops = new HashMap<>();
        sharedByName(visitor).values().forEach(one -> tops.put(one.real().id(), one.path()));
        spacesByName(visitor).forEach((name, space) -> tops.put(space.root(), List.of(name)));
        return tops;
    }

    void children(Visitor visitor, Resource folder, Page each) throws java.io.IOException {
        switch (folder.kind()) {
            case TOP -> {
                List<Resource> all = new ArrayList<>();
                spacesByName(visitor).forEach((name, space) -> all.add(entry(visitor, name, space)));
                if (!sharedByName(visitor).isEmpty()) {
                    all.add(shared(visitor));
                }
                each.take(all);
            }
            case SHARED -> each.take(List.copyOf(sharedByName(visitor).values()));
            default -> {
                FileNode node = folder.real();
                FileNode last = null;
                while (true) {
                    List<FileNode> found = files.children(visitor, node.id(), last, PAGE + 1);
                    List<FileNode> page = found.subList(0, Math.min(found.size(), PAGE));
                    if (page.isEmpty()) {
                        return;
                    }
                    each.take(page.stream()
                            .map(child -> Resource.inside(joined(folder.path(), child.name()), child))
                            .toList());
                    if (found.size() <= PAGE) {
                        return;
                    }
                    last = page.getLast();
                }
            }
        }
    }

    static List<String> joined(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private Resource top(Visitor visitor) {
        StringBuilder said = new StringBuilder();
        Instant newest = null;
        for (Map.Entry<String, FileSpace> one : spacesByName(visitor).entrySet()) {
            said.append(one.getKey())
                    .append('/')
                    .append(one.getValue().id())
                    .append('/')
                    .append(one.getValue().changeNumber())
                    .append('/');
            newest = later(newest, one.getValue().changedAt());
        }
        Resource shared = shared(visitor);
        said.append(shared.etag());
        return new Resource(Resource.Kind.TOP, List.of(), null, null, etag(said), later(newest, shared.changedAt()));
    }

    private Resource shared(Visitor visitor) {
        StringBuilder said = new StringBuilder();
        Instant newest = null;
        for (Resource one : sharedByName(visitor).values()) {
            said.append(one.name()).append('/').append(one.etag()).append('/');
            newest = later(newest, one.changedAt());
        }
        return new Resource(Resource.Kind.SHARED, List.of(SHARED), null, null, etag(said), newest);
    }

    Map<String, FileSpace> spacesByName(Visitor visitor) {
        List<FileSpace> spaces = files.spaces(visitor);
        List<String> plain = spaces.stream()
                .map(space -> space.kind() == FileSpace.Kind.MINE ? MINE : clean(space.name()))
                .toList();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            // One's own keeps its name, whatever others call theirs: sync programs know it by that.
            boolean again = spaces.get(i).kind() != FileSpace.Kind.MINE
                    && (occurs(plain, plain.get(i)) > 1 || plain.get(i).equals(SHARED));
            told.add(again ? plain.get(i) + " (" + clean(spaces.get(i).memberName()) + ")" : plain.get(i));
        }
        Map<String, FileSpace> byName = new LinkedHashMap<>();
        for (int i = 0; i < spaces.size(); i++) {
            FileSpace space = spaces.get(i);
            String name = occurs(told, told.get(i)) > 1
                    ? told.get(i) + " " + brief(space.id().toString())
                    : told.get(i);
            byName.put(name, space);
        }
        return byName;
    }

    private Resource entry(Visitor visitor, String name, FileSpace space) {
        FileNode root = files.node(visitor, space.root());
        return new Resource(Resource.Kind.ENTRY, List.of(name), space, root, root.etag(), space.changedAt());
    }

    private Map<String, Resource> sharedByName(Visitor visitor) {
        List<FileNode> all = files.sharedWith(visitor);
        Map<String, Integer> times = new HashMap<>();
        all.forEach(node -> times.merge(node.name(), 1, Integer::sum));
        Map<String, Resource> byName = new LinkedHashMap<>();
        all.stream().sorted(Comparator.comparing(FileNode::name)).forEach(node -> {
            String name = Objects.requireNonNullElse(times.get(node.name()), 1) > 1
                    ? apart(node.name(), brief(node.id().toString()))
                    : node.name();
            byName.put(
                    name,
                    new Resource(
                            Resource.Kind.ENTRY, List.of(SHARED, name), null, node, node.etag(), node.changedAt()));
        });
        return byName;
    }

    /** Between a file's name and its ending. */
    private static String apart(String name, String mark) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) + " " + mark + name.substring(dot) : name + " " + mark;
    }

    /** The end of an identifier: its beginning is the time, and much the same for what was made together. */
    private static String brief(String id) {
        return id.substring(id.length() - 8);
    }

    private static long occurs(List<String> names, String name) {
        return names.stream().filter(name::equals).count();
    }

    private static String clean(String name) {
        return Normalizer.normalize(name.replace('/', '-').replaceAll("\\p{Cntrl}", " "), Normalizer.Form.NFC)
                .strip();
    }

    private static String etag(CharSequence said) {
        return HexFormat.of().formatHex(Digests.sha256(said.toString().getBytes(StandardCharsets.UTF_8)), 0, 12);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
