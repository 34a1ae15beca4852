package org.entente.office;

import java.util.Map;
import java.util.UUID;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.directory.Actor;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives up what was written together and never saved, when it cannot be opened or saved any more, or nobody wants it. */
@Component
class Discarding {

    private final Together together;
    private final SittingBook sittings;
    private final Files files;
    private final Ledger ledger;

    Discarding(Together together, SittingBook sittings, Files files, Ledger ledger) {
        this.together = together;
        this.sittings = sittings;
        this.files = files;
        this.ledger = ledger;
    }

    /** The file stays as it was last saved, and its next opening begins from that. */
    @Transactional
    public void discard(Actor actor, NodeId node, UUID sitting) {
        FileNode file = together.managed(actor, node);
        long unsaved = sittings.find(node)
                .filter(one -> one.id().equals(sitting))
                .flatMap(one -> sittings.discard(sitting))
                .orElseThrow(SittingBook::gone);
        ledger.record(new Entry(
                actor.author(),
                "office.discarded",
                files.member(file.space()).value(),
                "file",
                node.toString(),
                file.name(),
                Map.of("unsaved", unsaved),
                Map.of()));
    }
}
