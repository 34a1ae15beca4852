package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.UUID;
import org.entente.files.Visitor;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Parts that come in, and those that nobody comes back to. */
class UploadStoreTest extends DavTown {

    @Autowired
    UploadStore uploads;

    @Autowired
    Contents contents;

    @Autowired
    JdbcClient rows;

    @Test
    void whatIsAbandonedIsLetGoWithItsBytes() throws Exception {
        Visitor anne = agent("Anne").visitor();
        uploads.begin(anne, "abandonné");
        UUID upload = uploads.find(anne.capacity(), "abandonné").orElseThrow();
        Kept part = contents.keep(anne.member(), new ByteArrayInputStream(new byte[100_000]), 200_000);
        uploads.put(upload, 1, part);
        rows.sql("UPDATE dav.upload SET used_at = now() - interval '2 days' WHERE id = ?")
                .param(upload)
                .update();

        uploads.letGo();

        assertThat(uploads.find(anne.capacity(), "abandonné")).isEmpty();
        assertThat(rows.sql("SELECT uses FROM storage.content WHERE id = ?")
                        .param(part.id().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void partsAreCountedHoweverOftenOneIsSent() throws Exception {
        Visitor anne = agent("Anne").visitor();
        uploads.begin(anne, "film");
        UUID upload = uploads.find(anne.capacity(), "film").orElseThrow();
        for (int[] part : new int[][] {{1, 1_000}, {2, 2_000}, {1, 500}, {7, 70}}) {
            uploads.put(
                    upload, part[0], contents.keep(anne.member(), new ByteArrayInputStream(new byte[part[1]]), 10_000));
        }
        assertThat(uploads.count(upload))
                .isEqualTo(3)
                .isEqualTo(uploads.parts(upload).size());
        assertThat(uploads.waiting(anne.capacity())).isEqualTo(2_570);
        uploads.end(upload);
        assertThat(uploads.waiting(anne.capacity())).isZero();
    }
}
