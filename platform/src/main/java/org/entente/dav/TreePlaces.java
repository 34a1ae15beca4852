package org.entente.dav;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.dav.ocs.Places;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.springframework.stereotype.Component;

/** {@link Places} of our tree. */
@Component
class TreePlaces implements Places {

    private final DavTree tree;

    TreePlaces(DavTree tree) {
        this.tree = tree;
    }

    @Override
    public FileNode at(Visitor visitor, String path) {
        List<String> names = List.of(path.split("/")).stream()
                .filter(name -> !name.isEmpty())
                .toList();
        return tree.find(visitor, names)
                .flatMap(found -> Optional.ofNullable(found.node()))
                .orElseThrow(() -> Refusal.notFound("file.unknown"));
    }

    @Override
    public Optional<String> of(Visitor visitor, FileNode node) {
        return tree.pathOf(visitor, node).map(path -> "/" + String.join("/", path));
    }

    @Override
    public Map<FileNode, String> of(Visitor visitor, List<FileNode> nodes) {
        Map<FileNode, String> all = new LinkedHashMap<>();
        tree.pathsOf(visitor, nodes).forEach((node, path) -> all.put(node, "/" + String.join("/", path)));
        return all;
    }
}
