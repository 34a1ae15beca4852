package org.entente.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.entente.dav.SecondNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Two nodes of the platform, with nothing between them but the database; one of them dies in the middle. */
class NodesTest extends OfficeTown {

    @Autowired
    Environment settings;

    @Test
    void peopleAtTwoNodesWriteTogetherAndNothingAcknowledgedIsLostWhenOneDies(@TempDir Path folder) throws Exception {
        UUID sitting = seeded();
        try (SecondNode other = new SecondNode(settings, folder)) {
            Line here = line(anne, sitting, 0);
            Line there = Line.open(other.url(), other.url(), bruno.session(), file.id(), sitting, 0);

            there.raw(Yjs.here(3, 1, "{\"cursor\":null}"));
            here.raw(Yjs.here(2, 1, "{\"cursor\":null}"));
            here.write(Yjs.typed(2, 0, "ici"));
            there.write(Yjs.typed(3, 0, "ailleurs"));

            soon().until(() ->
                    here.heard().contains("textailleurs") && there.heard().contains("textici"));
            soon().until(() ->
                    here.others().contains("Bruno Essai") && there.others().contains("Anne Essai"));

            int sent = 0;
            for (; sent < 200 && there.acknowledged() < 60; sent++) {
                there.write(Yjs.typed(3, 8 + sent, "b"));
            }
            soon().until(() -> there.acknowledged() >= 60);
            int acknowledged = there.acknowledged();
            other.kill();
            soon().until(() -> there.closed != 0);
            long kept = jdbc.sql("SELECT count(*) FROM office.entry WHERE sitting = ? AND by = ?")
                    .params(sitting, bruno.visitor().capacity().value())
                    .query(Long.class)
                    .single();
            assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
            soon().until(() ->
                    here.heard().stream().filter(word -> word.endsWith("b")).count() >= kept - 1);

            other.start();
            Line again = Line.open(other.url(), other.url(), bruno.session(), file.id(), sitting, 0);
            again.write(Yjs.typed(4, 0, "retour"));
            soon().until(() ->
                    here.heard().contains("textretour") && again.heard().contains("textici"));
        }
    }
}
