package org.entente.dav;

import java.util.List;
import org.entente.files.Files;
import org.springframework.stereotype.Component;

/** DELETE: to the bin of the space. */
@Component
class Deleting implements Method {

    private final DavTree tree;
    private final Files files;

    Deleting(DavTree tree, Files files) {
        this.tree = tree;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("DELETE");
    }

    @Override
    public void answer(Exchange exchange) {
        Resource resource = tree.get(exchange.visitor(), exchange.path());
        if (resource.kind() != Resource.Kind.INSIDE) {
            throw DavError.condition(403, "need-privileges", "dav.top");
        }
        if (resource.folder() && exchange.depth(Exchange.Depth.INFINITY) != Exchange.Depth.INFINITY) {
            throw DavError.of(400, "dav.depth");
        }
        files.trash(exchange.visitor(), List.of(resource.real().id()));
        exchange.response().setStatus(204);
    }
}
