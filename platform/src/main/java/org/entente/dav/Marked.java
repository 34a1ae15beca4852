package org.entente.dav;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.files.FileFavourites;
import org.entente.files.FileNode;
import org.entente.files.FileProperties.Name;
import org.springframework.stereotype.Component;

/** Which files and folders beneath one the visitor marked, in one flat answer: how clients of ownCloud and Nextcloud list favourites. */
@Component
class Marked {

    private static final Name REPORT = new Name(XmlOut.OWNCLOUD, "filter-files");
    private static final Name RULES = new Name(XmlOut.OWNCLOUD, "filter-rules");

    private final DavTree tree;
    private final Properties properties;
    private final FileFavourites favourites;

    Marked(DavTree tree, Properties properties, FileFavourites favourites) {
        this.tree = tree;
        this.properties = properties;
        this.favourites = favourites;
    }

    static boolean asked(Element body) {
        return body.name().equals(REPORT);
    }

    void answer(Exchange exchange, Element body) throws IOException {
        List<Element> rules = body.children()
                .filter(one -> one.name().equals(RULES))
                .flatMap(Element::children)
                .toList();
        // Other rules (marks of the system, in circles) are not ours: an answer as if they were not there would be
        // wrong.
        if (rules.size() != 1
                || !rules.getFirst().name().equals(OwnCloud.FAVOURITE)
                || !rules.getFirst().text().equals("1")) {
            throw DavError.condition(403, "supported-report", "dav.report");
        }
        List<String> above = tree.get(exchange.visitor(), exchange.path()).path();
        Properties.Wanted wanted = new Properties.Wanted(
                body.child("prop").map(Properties.Wanted::names).orElse(Set.of()), false, false);
        List<Resource> found = new ArrayList<>();
        Map<FileNode, List<String>> paths = tree.pathsOf(exchange.visitor(), favourites.all(exchange.visitor()));
        for (Map.Entry<FileNode, List<String>> one : paths.entrySet()) {
            List<String> path = one.getValue();
            if (path.size() > above.size() && path.subList(0, above.size()).equals(above)) {
                found.add(Resource.inside(path, one.getKey()));
            }
        }
        try (XmlOut out = exchange.multistatus()) {
            properties.write(exchange, out, found, wanted);
            out.close("multistatus");
        }
    }
}
