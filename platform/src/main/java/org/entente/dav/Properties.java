package org.entente.dav;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.entente.base.Refusal;
import org.entente.files.FileFavourites;
import org.entente.files.FileNode;
import org.entente.files.FileProperties;
import org.entente.files.FileProperties.Name;
import org.entente.files.FileSpace;
import org.entente.files.FileTags;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.SpaceId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what is asked about resources, a page of them at a time. */
@Component
class Properties {

    private final FileProperties kept;
    private final HeldLocks locks;
    private final Files files;
    private final FileFavourites favourites;
    private final FileTags tags;

    Properties(FileProperties kept, HeldLocks locks, Files files, FileFavourites favourites, FileTags tags) {
        this.kept = kept;
        this.locks = locks;
        this.files = files;
        this.favourites = favourites;
        this.tags = tags;
    }

    /**
     * What a client wants to know.
     *
     * @param names those it named
     * @param everything all that is usual, and all that programs keep there
     * @param namesOnly and no values
     */
    record Wanted(Set<Name> names, boolean everything, boolean namesOnly) {

        /** From the body of a PROPFIND; no body asks for everything. */
        static Wanted of(Optional<Element> body) {
            if (body.isEmpty()) {
                return new Wanted(Set.of(), true, false);
            }
            Element propfind = body.get();
            if (!propfind.is("propfind")) {
                throw DavError.of(400, "dav.xml");
            }
            boolean everything = propfind.child("allprop").isPresent();
            boolean namesOnly = propfind.child("propname").isPresent();
            Optional<Element> prop = propfind.child("prop");
            if ((everything ? 1 : 0) + (namesOnly ? 1 : 0) + (prop.isPresent() ? 1 : 0) != 1) {
                throw DavError.of(400, "dav.xml");
            }
            Optional<Element> named = everything ? propfind.child("include") : prop;
            return new Wanted(named.map(Wanted::names).orElse(Set.of()), everything, namesOnly);
        }

        static Set<Name> names(Element prop) {
            Set<Name> names = new LinkedHashSet<>();
            prop.children().forEach(one -> names.add(one.name()));
            return names;
        }

        boolean wants(Name name) {
            return names.contains(name) || everything && Live.usual().contains(name);
        }

        /** Whether it may name something that programs keep. */
        boolean wantsKept() {
            return everything || namesOnly || names.stream().anyMatch(name -> !Live.has(name));
        }
    }

    /** One element {@code response} for each. */
    void write(Exchange exchange, XmlOut out, List<Resource> some, Wanted wanted) throws IOException {
        Map<NodeId, Map<Name, String>> keptThere = wanted.wantsKept() ? kept(exchange, some) : Map.of();
        Map<List<String>, List<HeldLocks.Held>> held = wanted.wants(Live.LOCKS) ? locks.of(exchange, some) : Map.of();
        Set<NodeId> marked =
                wanted.wants(OwnCloud.FAVOURITE) ? favourites.among(exchange.visitor(), nodes(some)) : Set.of();
        Map<NodeId, List<String>> sorted = wanted.wants(OwnCloud.TAGS) ? tags.names(nodes(some)) : Map.of();
        Spaces spaces = new Spaces(exchange);
        for (Resource one : some) {
            Map<Name, String> its = one.node() == null
                    ? Map.of()
                    : Objects.requireNonNullElse(keptThere.get(one.node().id()), Map.of());
            out.open("response").element("href", exchange.href(one));
            if (wanted.namesOnly()) {
                names(exchange, out, one, its, spaces);
            } else {
                Live.Of of = new Live.Of(
                        exchange,
                        one,
                        Live.needSpace(wanted.names()) ? spaces.of(one) : null,
                        held.getOrDefault(one.path(), List.of()),
                        one.node() != null && marked.contains(one.node().id()),
                        one.node() == null
                                ? List.of()
                                : Objects.requireNonNullElse(
                                        sorted.get(one.node().id()), List.of()));
                values(exchange, out, of, its, wanted);
            }
            out.close("response");
        }
    }

    private Map<NodeId, Map<Name, String>> kept(Exchange exchange, List<Resource> some) {
        List<NodeId> nodes = nodes(some);
        return nodes.isEmpty() ? Map.of() : kept.of(exchange.visitor(), nodes);
    }

    private static List<NodeId> nodes(List<Resource> some) {
        return some.stream()
                .map(Resource::node)
                .filter(Objects::nonNull)
                .map(FileNode::id)
                .toList();
    }

    private void names(Exchange exchange, XmlOut out, Resource one, Map<Name, String> its, Spaces spaces)
            throws IOException {
        Live.Of of = new Live.Of(exchange, one, spaces.of(one), List.of(), false, List.of());
        out.open("propstat").open("prop");
        for (Name name : Live.all()) {
            if (Live.value(name, of) != null) {
                out.empty(name);
            }
        }
        for (Name name : its.keySet()) {
            out.empty(name);
        }
        ok(out.close("prop"));
    }

    private void values(Exchange exchange, XmlOut out, Live.Of of, Map<Name, String> its, Wanted wanted)
            throws IOException {
        List<Name> missing = new ArrayList<>();
        out.open("propstat").open("prop");
        if (wanted.everything()) {
            for (Name name : Live.usual()) {
                String value = Live.value(name, of);
                if (value != null) {
                    out.property(name, value);
                }
            }
            for (String value : its.values()) {
                out.raw(value);
            }
        }
        for (Name name : wanted.names()) {
            if (wanted.everything() && (Live.usual().contains(name) || its.containsKey(name))) {
                continue;
            }
            String value = Live.value(name, of);
            if (value != null) {
                out.property(name, value);
            } else if (!Live.has(name) && its.containsKey(name)) {
                out.raw(its.get(name));
            } else {
                missing.add(name);
            }
        }
        ok(out.close("prop"));
        if (!missing.isEmpty() && !exchange.minimal()) {
            out.open("propstat").open("prop");
            for (Name name : missing) {
                out.empty(name);
            }
            out.close("prop").element("status", "HTTP/1.1 404 Not Found").close("propstat");
        }
    }

    private static void ok(XmlOut out) throws IOException {
        out.element("status", "HTTP/1.1 200 OK").close("propstat");
    }

    /** Each space is asked for once in an answer. */
    private final class Spaces {

        private final Exchange exchange;
        private final Map<SpaceId, @Nullable FileSpace> known = new HashMap<>();

        Spaces(Exchange exchange) {
            this.exchange = exchange;
        }

        /** None for what was shared out of a space that the visitor does not see. */
        @Nullable
        FileSpace of(Resource resource) {
            FileNode node = resource.node();
            if (node == null) {
                return null;
            }
            if (!known.containsKey(node.space())) {
                known.put(node.space(), look(node.space()));
            }
            return known.get(node.space());
        }

        private @Nullable FileSpace look(SpaceId space) {
            try {
                return files.space(exchange.visitor(), space);
            } catch (Refusal refusal) {
                if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
                    return null;
                }
                throw refusal;
            }
        }
    }
}
