package org.entente.dav;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.files.FileFavourites;
import org.entente.files.FileNode;
import org.entente.files.FileProperties;
import org.entente.files.FileProperties.Change;
import org.entente.files.FileProperties.Name;
import org.entente.files.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** PROPPATCH: all of it or nothing. */
@Component
class Patching implements Method {

    /** More than one file may have. */
    private static final int MOST = 200;

    /** How clients that know Nextcloud set when a file or folder was modified, in seconds since 1970. */
    private static final Name MODIFIED = Live.dav("lastmodified");

    private static final Set<String> YES = Set.of("1", "true");

    private final DavTree tree;
    private final FileProperties kept;
    private final Files files;
    private final FileFavourites favourites;

    Patching(DavTree tree, FileProperties kept, Files files, FileFavourites favourites) {
        this.tree = tree;
        this.kept = kept;
        this.files = files;
        this.favourites = favourites;
    }

    @Override
    public List<String> names() {
        return List.of("PROPPATCH");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        Element body = Xml.read(exchange.request().getInputStream())
                .filter(element -> element.is("propertyupdate"))
                .orElseThrow(() -> DavError.of(400, "dav.xml"));
        List<Change> changes = changes(body);
        if (changes.isEmpty()) {
            throw DavError.of(400, "dav.xml");
        }
        Resource resource = tree.get(exchange.visitor(), exchange.path());
        FileNode node = resource.real();
        List<Name> ours = changes.stream()
                .map(Change::name)
                .filter(name -> Live.has(name) && !name.equals(MODIFIED) && !name.equals(OwnCloud.FAVOURITE))
                .toList();
        if (ours.isEmpty()) {
            apply(exchange, node, changes);
        }
        try (XmlOut out = exchange.multistatus()) {
            out.open("response").element("href", exchange.href(resource));
            if (ours.isEmpty()) {
                said(out, changes.stream().map(Change::name).toList(), "200 OK", null);
            } else {
                said(out, ours, "403 Forbidden", "cannot-modify-protected-property");
                List<Name> others = changes.stream()
                        .map(Change::name)
                        .filter(name -> !ours.contains(name))
                        .toList();
                if (!others.isEmpty()) {
                    said(out, others, "424 Failed Dependency", null);
                }
            }
            out.close("response").close("multistatus");
        }
    }

    private void apply(Exchange exchange, FileNode node, List<Change> changes) {
        List<Change> toKeep = new ArrayList<>();
        Instant modified = null;
        Boolean favourite = null;
        for (Change change : changes) {
            if (change.name().equals(MODIFIED)) {
                modified = change.value() == null ? modified : DavPutting.time(change.value());
            } else if (change.name().equals(OwnCloud.FAVOURITE)) {
                favourite = change.value() != null && YES.contains(change.value());
            } else {
                toKeep.add(change);
            }
        }
        if (!toKeep.isEmpty()) {
            kept.change(exchange.visitor(), node.id(), toKeep);
        }
        if (modified != null) {
            files.touch(exchange.visitor(), node.id(), modified);
        }
        if (favourite != null) {
            favourites.mark(exchange.visitor(), node.id(), favourite);
        }
    }

    private static List<Change> changes(Element body) {
        List<Change> changes = new ArrayList<>();
        body.children()
                .filter(part -> part.is("set") || part.is("remove"))
                .forEach(part -> part.children()
                        .filter(prop -> prop.is("prop"))
                        .flatMap(Element::children)
                        .forEach(one -> {
                            if (changes.size() >= MOST) {
                                throw DavError.of(413, "dav.xml-large");
                            }
                            changes.add(new Change(one.name(), part.is("remove") ? null : value(one)));
                        }));
        return changes;
    }

    private static String value(Element one) {
        return one.name().equals(MODIFIED) || one.name().equals(OwnCloud.FAVOURITE) ? one.text() : one.written();
    }

    private static void said(XmlOut out, List<Name> names, String status, @Nullable String condition)
            throws IOException {
        out.open("propstat").open("prop");
        for (Name name : names) {
            out.empty(name);
        }
        out.close("prop").element("status", "HTTP/1.1 " + status);
        if (condition != null) {
            out.open("error").empty(condition).close("error");
        }
        out.close("propstat");
    }
}
