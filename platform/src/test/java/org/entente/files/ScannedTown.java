package org.entente.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.Role;
import org.entente.reading.ReadNow;
import org.entente.scanning.Antivirus;
import org.entente.testing.TestClamd;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** A member whose files a real antivirus scans, an agent and an administrator of it. */
@Import({ReadNow.class, Antivirus.class})
abstract class ScannedTown extends BrowserOfAnne {

    @Autowired
    TestClamd clamd;

    @Autowired
    Antivirus antivirus;

    Visitor boss;

    @BeforeEach
    void anAdministratorAndAnAntivirus() throws IOException {
        assumeTrue(TestClamd.installed(), "clamd is not installed (Debian: apt install clamav-daemon)");
        jdbc.sql("DELETE FROM scanning.content").update(); // of tests before
        clamd.kill();
        clamd.start();
        antivirus.look();
        boss = admin(givors);
    }

    AffiliationId operator() {
        return actors.affiliation(actors.operator(), Role.OPERATOR_ADMIN);
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
