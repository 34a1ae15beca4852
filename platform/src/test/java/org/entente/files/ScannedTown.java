package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.reading.ReadNow;
import org.entente.scanning.Antivirus;
import org.entente.testing.TestActors;
import org.entente.testing.TestClamd;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A member whose files a real antivirus scans, an agent and an administrator of it. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class, ReadNow.class, Antivirus.class})
abstract class ScannedTown {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestActors actors;

    @Autowired
    FilesTown town;

    @Autowired
    Files files;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClamd clamd;

    @Autowired
    Antivirus antivirus;

    MemberId givors;
    Visitor anne;
    Visitor boss;
    NodeId home;

    @BeforeEach
    void anAgentAndAnAdministrator() throws IOException {
        assumeTrue(TestClamd.installed(), "clamd is not installed (Debian: apt install clamav-daemon)");
        jdbc.sql("DELETE FROM scanning.content").update(); // of tests before
        clamd.kill();
        clamd.start();
        antivirus.look();
        givors = town.member("Givors");
        anne = town.agent(givors, "Anne", null);
        boss = admin(givors);
        home = town.home(anne);
    }

    Visitor admin(MemberId member) {
        Visitor admin = town.agent(member, "Chef", null);
        jdbc.sql("INSERT INTO directory.role_grant (affiliation, role) VALUES (?, 'member_admin')")
                .param(admin.capacity().value())
                .update();
        return admin;
    }

    AffiliationId operator() {
        return actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
    }

    FileNode write(Visitor visitor, NodeId folder, String name, byte[] bytes) throws IOException {
        return files.write(visitor, folder, name, new ByteArrayInputStream(bytes), Writing.PLAIN);
    }

    /** The same virus, in another content. */
    static byte[] eicar(String after) {
        byte[] more = after.getBytes(UTF_8);
        byte[] all = java.util.Arrays.copyOf(TestClamd.EICAR, TestClamd.EICAR.length + more.length);
        System.arraycopy(more, 0, all, TestClamd.EICAR.length, more.length);
        return all;
    }

    String state(FileNode file) {
        return jdbc.sql(
                        "SELECT state FROM scanning.content s JOIN files.node n ON n.content = s.content WHERE n.id = ?")
                .param(file.id().value())
                .query(String.class)
                .optional()
                .orElse("unknown");
    }

    void awaitState(FileNode file, String state) {
        await().untilAsserted(() -> assertThat(state(file)).isEqualTo(state));
    }

    void refused(FileNode file, String code) {
        assertThatThrownBy(() -> town.read(anne, file))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    List<String> told(String act, MemberId member) {
        return jdbc.sql("SELECT subject_label FROM audit.entry WHERE act = ? AND member = ?")
                .params(act, member.value())
                .query(String.class)
                .list();
    }

    UUID contentOf(FileNode file) {
        return jdbc.sql("SELECT content FROM files.node WHERE id = ?")
                .param(file.id().value())
                .query(UUID.class)
                .single();
    }
}
