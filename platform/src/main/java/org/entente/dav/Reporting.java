package org.entente.dav;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.entente.base.Refusal;
import org.entente.files.Changes;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.Visitor;
import org.springframework.stereotype.Component;

/** REPORT: what has changed in a folder since a client last asked (RFC 6578), and what a visitor marked there. */
@Component
class Reporting implements Method {

    /** What is left is put in order anew for each page: few large ones. */
    private static final int PAGE = 10_000;

    private final DavTree tree;
    private final Properties properties;
    private final Files files;
    private final Marked marked;

    Reporting(DavTree tree, Properties properties, Files files, Marked marked) {
        this.tree = tree;
        this.properties = properties;
        this.files = files;
        this.marked = marked;
    }

    @Override
    public List<String> names() {
        return List.of("REPORT");
    }

    /** @param limit at most so many; {@link Integer#MAX_VALUE} for all */
    private record Asked(String token, boolean deep, int limit, Properties.Wanted wanted) {

        static Asked of(Element body, Exchange exchange) {
            if (!body.is("sync-collection")) {
                throw DavError.condition(403, "supported-report", "dav.report");
            }
            String level = body.child("sync-level")
                    .map(Element::text)
                    .orElse(exchange.depth(Exchange.Depth.ONE) == Exchange.Depth.INFINITY ? "infinite" : "1");
            if (!level.equals("1") && !level.equals("infinite")) {
                throw DavError.of(400, "dav.xml");
            }
            String limit = body.child("limit")
                    .flatMap(element -> element.child("nresults"))
                    .map(Element::text)
                    .orElse(String.valueOf(Integer.MAX_VALUE));
            if (!limit.matches("[1-9][0-9]{0,9}")) {
                throw DavError.of(400, "dav.xml");
            }
            return new Asked(
                    body.child("sync-token").map(Element::text).orElseThrow(() -> DavError.of(400, "dav.xml")),
                    level.equals("infinite"),
                    (int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit)),
                    new Properties.Wanted(
                            body.child("prop").map(Properties.Wanted::names).orElse(java.util.Set.of()), false, false));
        }
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        Element body = Xml.read(exchange.request().getInputStream()).orElseThrow(() -> DavError.of(400, "dav.xml"));
        if (Marked.asked(body)) {
            marked.answer(exchange, body);
            return;
        }
        Asked asked = Asked.of(body, exchange);
        Resource folder = tree.get(exchange.visitor(), exchange.path());
        if (!folder.folder() || folder.node() == null) {
            throw DavError.condition(403, "supported-report", "dav.report");
        }
        FileNode node = folder.real();
        int left = asked.limit();
        Changes changes = changes(
                exchange.visitor(), node, SyncToken.read(asked.token(), node), asked.deep(), Math.min(left, PAGE));
        try (XmlOut out = exchange.multistatus()) {
            while (true) {
                write(exchange, out, folder, changes, asked.wanted());
                left -= changes.changed().size() + changes.gone().size();
                if (!changes.more() || left <= 0) {
                    break;
                }
                changes = changes(exchange.visitor(), node, changes.number(), asked.deep(), Math.min(left, PAGE));
            }
            if (changes.more()) {
                out.open("response")
                        .element("href", exchange.href(folder))
                        .element("status", "HTTP/1.1 507 Insufficient Storage")
                        .open("error")
                        .empty("number-of-matches-within-limits")
                        .close("error")
                        .close("response");
            }
            out.element("sync-token", SyncToken.of(node, changes.number())).close("multistatus");
        }
    }

    private Changes changes(Visitor visitor, FileNode node, long since, boolean deep, int limit) {
        try {
            return files.changes(visitor, node.id(), since, deep, limit);
        } catch (Refusal refusal) {
            throw refusal.code().equals("file.forgotten") ? SyncToken.stale() : refusal;
        }
    }

    private void write(Exchange exchange, XmlOut out, Resource folder, Changes changes, Properties.Wanted wanted)
            throws IOException {
        List<Changes.At> changed = changes.changed();
        for (int i = 0; i < changed.size(); i += DavTree.PAGE) {
            properties.write(
                    exchange,
                    out,
                    changed.subList(i, Math.min(i + DavTree.PAGE, changed.size())).stream()
                            .map(at -> Resource.inside(joined(folder, at.path()), at.node()))
                            .toList(),
                    wanted);
        }
        for (List<String> gone : changes.gone()) {
            out.open("response")
                    .element("href", DavPath.href(exchange.mount(), joined(folder, gone), false))
                    .element("status", "HTTP/1.1 404 Not Found")
                    .close("response");
        }
    }

    private static List<String> joined(Resource folder, List<String> below) {
        List<String> path = new ArrayList<>(folder.path());
        path.addAll(below);
        return List.copyOf(path);
    }
}
