package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that one was given to edit, in a folder that one may only read. */
class EditedWhereOneReadsTest extends DavTown {

    private static final String FOLDER = "/dav/files/Partag%C3%A9s%20avec%20moi/Projet/Plans";

    private Device anne;
    private Device luc;

    @BeforeEach
    void aFolderIsSharedToReadAndAFileInItToEdit() throws Exception {
        anne = agent("Anne");
        luc = device(town.agent(anne.visitor().member(), "Luc", null));
        assertThat(status(anne, "MKCOL", MINE + "/Projet", "")).isEqualTo(201);
        assertThat(status(anne, "MKCOL", MINE + "/Projet/Plans", "")).isEqualTo(201);
        put(anne, MINE + "/Projet/Plans/rue.txt", "un");
        put(anne, MINE + "/Projet/Plans/place.txt", "un");
        String key = "c:" + luc.visitor().capacity();
        town.share(node("Projet"), key, SpaceRole.READ);
        town.share(node("rue.txt"), key, SpaceRole.EDIT);
    }

    private NodeId node(String name) {
        return new NodeId(jdbc.sql("SELECT id FROM files.node WHERE name = ? AND changed_by = ?")
                .params(name, anne.visitor().capacity().value())
                .query(java.util.UUID.class)
                .single());
    }

    @Test
    void isWrittenThereAndNothingElseIs() throws Exception {
        assertThat(status(luc, "PUT", FOLDER + "/rue.txt", "deux")).isEqualTo(204);
        assertThat(get(anne, MINE + "/Projet/Plans/rue.txt")).isEqualTo("deux");

        assertThat(status(luc, "PUT", FOLDER + "/place.txt", "deux")).isEqualTo(403);
        assertThat(status(luc, "PUT", FOLDER + "/nouveau.txt", "deux")).isEqualTo(403);
        assertThat(status(luc, "PUT", FOLDER + "/absent/nouveau.txt", "deux")).isEqualTo(409);
        assertThat(status(anne, "PUT", MINE + "/Projet/Plans", "deux")).isEqualTo(405);
        assertThat(get(anne, MINE + "/Projet/Plans/place.txt")).isEqualTo("un");
    }

    @Test
    void isWrittenThereInPartsToo() throws Exception {
        String upload = "/remote.php/dav/uploads/" + luc.address() + "/parts-of-rue";
        String target = "/remote.php/dav/files/" + luc.address() + "/Partag%C3%A9s%20avec%20moi/Projet/Plans/";
        assertThat(status(
                        luc,
                        "MKCOL",
                        upload,
                        "",
                        "Destination",
                        uri(target + "rue.txt").toString()))
                .isEqualTo(201);
        assertThat(status(luc, "PUT", upload + "/1", "en ")).isEqualTo(201);
        assertThat(status(luc, "PUT", upload + "/2", "parties")).isEqualTo(201);

        assertThat(status(
                        luc,
                        "MOVE",
                        upload + "/.file",
                        "",
                        "Destination",
                        uri(target + "rue.txt").toString()))
                .isEqualTo(204);

        assertThat(get(anne, MINE + "/Projet/Plans/rue.txt")).isEqualTo("en parties");
    }
}
