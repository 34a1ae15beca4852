package org.entente.files;

import org.entente.directory.MemberId;
import org.entente.directory.UnitId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

/** A folder of Anne's with a file in it, both with names that pages must write with care, and a file beside it that no link leads to. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class LinksTown {

    @Autowired
    MockMvc mvc;

    @Autowired
    Files files;

    @Autowired
    FileLinks links;

    @Autowired
    FilesTown town;

    MemberId givors;
    UnitId roads;
    Visitor anne;
    FileNode folder;
    FileNode file;
    FileNode secret;

    @BeforeEach
    void aFolderOfAnnes() throws Exception {
        givors = town.member("Givors");
        roads = town.unit(givors, "Voirie", null);
        anne = town.agent(givors, "Anne", roads);
        folder = files.makeFolder(anne, town.home(anne), "Plans <2026>");
        file = town.write(anne, folder.id(), "façade & \"toit\".txt", "abc");
        secret = town.write(anne, town.home(anne), "secret.txt", "abc");
    }
}
