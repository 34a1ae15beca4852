package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A member of each test's own, and what tests look at beneath the door. */
abstract class StorageFixture {

    static final int CHUNK = Storage.CHUNK;

    @Autowired
    Contents contents;

    @Autowired
    ObjectStore objects;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    final MemberId member = new MemberId(UUID.randomUUID());

    Kept keep(byte[] bytes) throws IOException {
        return contents.keep(member, new ByteArrayInputStream(bytes), bytes.length);
    }

    byte[] read(ContentId content) throws IOException {
        try (InputStream in = contents.open(content)) {
            return in.readAllBytes();
        }
    }

    List<UUID> chunks(MemberId of) {
        return jdbc.sql("SELECT id FROM storage.chunk WHERE member = ? AND state = 'stored' ORDER BY id")
                .param(of.value())
                .query(UUID.class)
                .list();
    }

    byte[] object(MemberId of, UUID chunk) {
        int size = jdbc.sql("SELECT size FROM storage.chunk WHERE id = ?")
                .param(chunk)
                .query(Integer.class)
                .single();
        return objects.get(of, chunk, ContentKey.HEAD + size + ContentKey.TAG);
    }

    void isDamaged(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.damaged"));
    }
}
