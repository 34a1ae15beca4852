package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names that many files have are found without each being held against each, also before the database knows how many there are. */
class FoundAmongManyTest extends HomeOfAnne {

    private static final Pattern ROWS = Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)");

    @Test
    void aWordOfThousandsOfNamesCostsWhatItFinds() {
        FileNode folder = files.makeFolder(anne, home, "Archives");
        jdbc.sql("""
                        WITH step AS (INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                            SELECT space, id, 'Dossier ' || i, true, now(), now(), now(), changed_by, 1, 1 FROM files.node, generate_series(1, 100) i WHERE id = ?
                            RETURNING id, space, changed_by)
                        INSERT INTO files.node (space, parent, name, folder, made_at, modified_at, changed_at, changed_by, seq, tree_seq)
                        SELECT space, id, 'Courrier ' || i, true, now(), now(), now(), changed_by, 1, 1 FROM step, generate_series(1, 20) i""").param(folder.id().value()).update();

        for (boolean known : new boolean[] {true, false}) {
            jdbc.sql(known ? "ANALYZE files.node" : "DELETE FROM pg_statistic WHERE starelid = 'files.node'::regclass")
                    .update();
            assertThat(read("courrier")).as("rows, statistics known: " + known).isLessThan(1_000_000);
        }
        assertThat(files.search(anne, "courrier 7", null, null, 200).hits()).hasSize(100);
        assertThat(files.search(anne, "courrier 7", folder.id(), null, 200).hits())
                .hasSize(100);
    }

    /** How many rows pass from one step of the search to another. */
    private double read(String word) {
        List<String> plan = jdbc.sql("EXPLAIN (ANALYZE, TIMING OFF) WITH RECURSIVE " + Finding.byName(1) + Finding.SEEN)
                .param("patterns", new String[] {"% " + word + "%"})
                .param("keys", new String[] {"c:" + anne.capacity()})
                .param("beneath", null, java.sql.Types.OTHER)
                .param("folder", true)
                .param("modified", OffsetDateTime.now().plusYears(1))
                .param("id", new UUID(-1, -1))
                .param("limit", 50)
                .query(String.class)
                .list();
        return plan.stream()
                .map(ROWS::matcher)
                .filter(Matcher::find)
                .mapToDouble(rows -> Double.parseDouble(rows.group(1)) * Long.parseLong(rows.group(2)))
                .sum();
    }
}
