package org.entente.files;

import java.io.IOException;
import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A folder of Anne's with a file in it; Luc is of another unit of the same member. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class FolderOfAnnes {

    @Autowired
    Files files;

    @Autowired
    FilesTown town;

    MemberId givors;
    UnitId roads;
    Visitor anne;
    Visitor luc;
    FileNode folder;
    FileNode file;

    @BeforeEach
    void aFolderOfAnnes() throws IOException {
        givors = town.member("Givors");
        roads = town.unit(givors, "Voirie", null);
        anne = town.agent(givors, "Anne", roads);
        luc = luc();
        folder = files.makeFolder(anne, town.home(anne), "Dossier");
        file = town.write(anne, folder.id(), "a.txt", "abc");
    }

    Visitor luc() {
        return town.agent(givors, "Luc", null, "régisseurs");
    }
}
