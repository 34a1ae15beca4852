package org.entente.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agent, and the space of her own, on a real database and a real object store. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class, FilesTown.class})
abstract class HomeOfAnne {

    @Autowired
    Files files;

    @Autowired
    FilesTown town;

    @Autowired
    JdbcClient jdbc;

    MemberId givors;
    Visitor anne;
    NodeId home;

    @BeforeEach
    void anAgent() {
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        home = town.home(anne);
    }

    FileNode write(Visitor visitor, NodeId folder, String name, byte[] bytes) throws IOException {
        return files.write(visitor, folder, name, new ByteArrayInputStream(bytes), Writing.PLAIN);
    }
}
