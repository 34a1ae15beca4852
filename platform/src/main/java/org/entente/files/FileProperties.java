package org.entente.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties that programs keep with a file or folder (RFC 4918, 4: dead properties); copied and moved with it. */
public interface FileProperties {

    /** @param namespace of XML; empty for none */
    record Name(String namespace, String name) {}

    /** In this order, all or none; a null value takes it away. */
    record Change(Name name, @Nullable String value) {}

    /** @return only of those the visitor may see, only where there are some; values as XML */
    Map<NodeId, Map<Name, String>> of(Visitor visitor, Collection<NodeId> nodes);

    /** @throws org.entente.base.Refusal TOO_LARGE {@code file.properties} */
    void change(Visitor visitor, NodeId node, List<Change> changes);
}
