package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.launcher.engine.S3Engine;
import org.entente.testing.OwnS3;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the operator's engineer is told, and keys that change or go. */
@SpringBootTest
@Import({TestPostgres.class, OwnS3.class})
class VerifyingTest {

    @Autowired
    Contents contents;

    @Autowired
    ObjectStore objects;

    @Autowired
    StorageVerifier verifier;

    @Autowired
    StorageVerifyCommand command;

    @Autowired
    NewKeysCommand newKeys;

    @Autowired
    S3Engine s3;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final MemberId member = new MemberId(UUID.randomUUID());

    @Test
    void whatIsLostCutChangedOrStrayIsToldAndTheRestIsNot() throws IOException {
        keep(Bytes.of(1, 1000));
        keep(Bytes.of(2, Storage.CHUNK + 20_000));
        assertThat(verifier.verify(true, false).findings).isEmpty();
        assertThat(say(Map.of("deep", "yes"))).startsWith("Stockage intact");

        UUID lost = chunkOf(keep(Bytes.of(3, 30_000)));
        objects.remove(member, lost);
        UUID cut = chunkOf(keep(Bytes.of(4, 30_000)));
        objects.put(member, cut, new byte[100], 100);
        UUID changed = chunkOf(keep(Bytes.of(5, 30_000)));
        objects.put(
                member,
                changed,
                new byte[30_000 + ContentKey.HEAD + ContentKey.TAG],
                30_000 + ContentKey.HEAD + ContentKey.TAG);
        ContentId sealed = keep(Bytes.of(6, 50));
        jdbc.sql("UPDATE storage.content SET sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) WHERE id = ?")
                .param(sealed.value())
                .update();
        ContentId broken = keep(Bytes.of(7, 2 * Storage.CHUNK));
        jdbc.sql("DELETE FROM storage.piece WHERE content = ? AND start = 0")
                .param(broken.value())
                .update();

        assertThat(verifier.verify(false, false).findings)
                .extracting(StorageVerifier.Finding::code, finding -> last(finding.what()))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("lost", lost.toString()),
                        org.assertj.core.groups.Tuple.tuple("length", cut.toString()),
                        org.assertj.core.groups.Tuple.tuple("broken", broken.toString()));
        assertThat(verifier.verify(true, false).findings)
                .filteredOn(finding -> finding.code().equals("damaged"))
                .extracting(finding -> last(finding.what()))
                .containsExactlyInAnyOrder(lost.toString(), cut.toString(), changed.toString(), sealed.toString());
        assertThat(say(Map.of("language", "en"))).contains("Object lost: " + member + "/" + lost, "not whole");

        jdbc.sql("DELETE FROM storage.piece WHERE content IN (SELECT id FROM storage.content WHERE member = ?)")
                .param(member.value())
                .update();
        jdbc.sql("DELETE FROM storage.content WHERE member = ?")
                .param(member.value())
                .update();
        jdbc.sql("DELETE FROM storage.chunk WHERE member = ?")
                .param(member.value())
                .update();
        assertThat(verifier.verify(false, false).findings)
                .as("objects of this hour may be of rows that come")
                .isEmpty();
    }

    @Test
    void whileTheObjectStoreIsAwayTheCommandSaysSo() throws Exception {
        s3.close();
        try {
            assertThat(say(Map.of())).contains("momentanément indisponibles");
        } finally {
            s3.start();
        }
    }

    @Test
    void newKeysServeFromNowOnAndFormerOnesStillOpen() throws IOException {
        ContentId former = keep(Bytes.of(8, 40_000));
        ContentId small = keep(Bytes.of(9, 40));
        StringWriter said = new StringWriter();

        assertThat(newKeys.run(Map.of(), new PrintWriter(said, true))).isTrue();

        assertThat(said.toString()).contains("nouvelles clés");
        ContentId later = keep(Bytes.of(10, 40_000));
        assertThat(key(chunkOf(later))).isNotEqualTo(key(chunkOf(former)));
        assertThat(read(former)).isEqualTo(Bytes.of(8, 40_000));
        assertThat(read(small)).isEqualTo(Bytes.of(9, 40));
        assertThat(read(later)).isEqualTo(Bytes.of(10, 40_000));
        assertThat(keep(Bytes.of(8, 40_000))).isEqualTo(former);
    }

    @Test
    void whatAForgottenMemberKeptIsUnreadableForGood() throws IOException {
        ContentId large = keep(Bytes.of(11, 40_000));
        ContentId small = keep(Bytes.of(12, 40));

        transaction.executeWithoutResult(status -> contents.forget(member));

        for (ContentId content : List.of(large, small)) {
            assertThatThrownBy(() -> read(content))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.gone"));
        }
        assertThatThrownBy(() -> keep(Bytes.of(13, 40)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.forgotten"));
        assertThat(verifier.verify(true, false).findings)
                .as("no damage: it was wanted")
                .isEmpty();
    }

    private String say(Map<String, String> options) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        boolean whole = command.run(options, out);
        assertThat(said.toString().contains("Stockage intact")).isEqualTo(whole);
        return said.toString();
    }

    private static String last(String what) {
        return what.substring(what.indexOf('/') + 1);
    }

    private ContentId keep(byte[] bytes) throws IOException {
        return contents.keep(member, new ByteArrayInputStream(bytes), bytes.length)
                .id();
    }

    private byte[] read(ContentId content) throws IOException {
        try (InputStream in = contents.open(content)) {
            return in.readAllBytes();
        }
    }

    private UUID chunkOf(ContentId content) {
        return jdbc.sql("SELECT chunk FROM storage.piece WHERE content = ? ORDER BY start LIMIT 1")
                .param(content.value())
                .query(UUID.class)
                .single();
    }

    private UUID key(UUID chunk) {
        return jdbc.sql("SELECT key FROM storage.chunk WHERE id = ?")
                .param(chunk)
                .query(UUID.class)
                .single();
    }
}
