package org.entente.files;

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
        Author author = Author.system("antivirus");
        boolean found = verdict.now().state() == Verdict.State.FOUND;
        String virus = found ? String.valueOf(verdict.now().virus()) : "";
        for (Hit hit : hits(verdict)) {
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
                        found ? "antivirus.withheld" : "antivirus.unscanned",
                        hit.member(),
                        "person",
                        hit.person().toString(),
                        hit.name(),
                        Map.of(),
                        Map.of("virus", virus)));
            }
        }
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
