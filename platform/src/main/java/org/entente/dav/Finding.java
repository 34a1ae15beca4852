package org.entente.dav;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.entente.base.Refusal;
import org.entente.files.Files;
import org.springframework.stereotype.Component;

/** PROPFIND. */
@Component
class Finding implements Method {

    /** More than this beneath is not told in one answer: a client goes folder by folder, or asks what has changed. */
    static final int MOST_BENEATH = 1_000;

    private final DavTree tree;
    private final Properties properties;
    private final Files files;

    Finding(DavTree tree, Properties properties, Files files) {
        this.tree = tree;
        this.properties = properties;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("PROPFIND");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        Properties.Wanted wanted =
                Properties.Wanted.of(Xml.read(exchange.request().getInputStream()));
        Exchange.Depth depth = exchange.depth(Exchange.Depth.INFINITY);
        Resource resource = tree.get(exchange.visitor(), exchange.path());
        List<Resource> beneath =
                depth == Exchange.Depth.INFINITY && resource.folder() ? beneath(exchange, resource) : List.of();
        try (XmlOut out = exchange.multistatus()) {
            properties.write(exchange, out, List.of(resource), wanted);
            if (depth == Exchange.Depth.ONE && resource.folder()) {
                tree.children(exchange.visitor(), resource, page -> properties.write(exchange, out, page, wanted));
            }
            for (int i = 0; i < beneath.size(); i += DavTree.PAGE) {
                properties.write(exchange, out, beneath.subList(i, Math.min(i + DavTree.PAGE, beneath.size())), wanted);
            }
            out.close("multistatus");
        }
    }

    private List<Resource> beneath(Exchange exchange, Resource folder) {
        if (folder.node() == null) {
            throw tooDeep();
        }
        List<Resource> all = new ArrayList<>();
        try {
            files.eachBeneath(exchange.visitor(), folder.node().id(), MOST_BENEATH, at -> {
                List<String> path = new ArrayList<>(folder.path());
                path.addAll(at.path());
                all.add(Resource.inside(List.copyOf(path), at.node()));
            });
        } catch (Refusal refusal) {
            throw refusal.kind() == Refusal.Kind.TOO_LARGE ? tooDeep() : refusal;
        }
        return all;
    }

    private static DavError tooDeep() {
        return DavError.condition(403, "propfind-finite-depth", "dav.deep", MOST_BENEATH);
    }
}
