package org.entente.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.scanning.Verdict;
import org.entente.scanning.VerdictChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes to the ledger which files a virus was found in, and which could not be scanned, so that whoever put them and the administrators of the member are told. */
@Component
class VirusNotices {

    /** Of one content in many files, so many are named. */
    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final Ledger ledger;

    VirusNotices(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    private record Hit(
            UUID id, String name, UUID member, @Nullable UUID person) {}

    @EventListener
    void judged(VerdictChanged verdict) {
        if (!verdict.withheld()) {
            return;
        }
        boolean found = verdict.now().state() == Verdict.State.FOUND;
        String virus = found ? String.valueOf(verdict.now().virus()) : null;
        hits(verdict).forEach(hit -> tell(hit, virus));
    }

    /** @param found the virus; null when it could not be scanned */
    private void tell(Hit hit, @Nullable String found) {
        Author author = Author.system("antivirus");
        String virus = found == null ? "" : found;
        ledger.record(new Entry(
                author,
                "antivirus.found",
                hit.member(),
                "file",
                hit.id().toString(),
                hit.name(),
                Map.of(),
                Map.of("virus", virus)));
        if (hit.person() != null) {
            ledger.record(new Entry(
                    author,
                    found != null ? "antivirus.withheld" : "antivirus.unscanned",
                    hit.member(),
                    "person",
                    hit.person().toString(),
                    hit.name(),
                    Map.of(),
                    Map.of("virus", virus)));
        }
    }

    private record Known(Hit hit, @Nullable String virus) {}

    /** In the transaction that put contents into these files: what is known of them already is not scanned, and told all the same. */
    void put(Collection<NodeId> files) {
        List<Known> known = jdbc.sql("""
                SELECT n.id, n.name, o.member, a.person, c.virus FROM files.node n JOIN files.space o ON o.id = n.space
                JOIN scanning.v_content c ON c.content = n.content AND c.state IN ('found', 'failed')
                LEFT JOIN directory.v_affiliation a ON a.id = n.changed_by WHERE n.id = ANY (?)""")
                .param(files.stream().map(NodeId::value).toArray(UUID[]::new))
                .query((row, n) -> new Known(
                        new Hit(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getObject("member", UUID.class),
                                row.getObject("person", UUID.class)),
                        row.getString("virus")))
                .list();
        known.forEach(one -> tell(one.hit(), one.virus()));
    }

    private List<Hit> hits(VerdictChanged verdict) {
        return jdbc.sql("""
                SELECT n.id, n.name, o.member, a.person FROM files.node n JOIN files.space o ON o.id = n.space
                LEFT JOIN directory.v_affiliation a ON a.id = n.changed_by WHERE n.content = :content
                UNION SELECT n.id, n.name, o.member, a.person FROM files.version v JOIN files.node n ON n.id = v.node JOIN files.space o ON o.id = n.space
                LEFT JOIN directory.v_affiliation a ON a.id = v.made_by WHERE v.content = :content
                ORDER BY id LIMIT :most""")
                .param("content", verdict.content().value())
                .param("most", MOST)
                .query(Hit.class)
                .list();
    }
}
