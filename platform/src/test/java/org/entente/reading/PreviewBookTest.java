package org.entente.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.files.FilesTown;
import org.entente.storage.ContentId;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose preview is made next, where nobody but the test takes anything. */
@SpringBootTest(properties = "entente.previews.on=false")
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class})
class PreviewBookTest {

    private final MemberId anne = new MemberId(UUID.randomUUID());
    private final MemberId many = new MemberId(UUID.randomUUID());

    @Autowired
    PreviewBook book;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    @AfterEach
    void nothingWaits() {
        jdbc.sql("DELETE FROM reading.preview").update();
    }

    private void look(MemberId member) {
        book.want(member, new ContentId(UUID.randomUUID()), OfficeKind.DOCX, 10, 100);
    }

    private MemberId next() {
        return book.take(Duration.ofMinutes(30)).orElseThrow().member();
    }

    @Test
    void aMemberForWhomNothingIsMadeGoesBeforeOneWhoLooksAtVeryMany() {
        for (int n = 0; n < 300; n++) {
            look(many);
        }
        assertThat(next()).isEqualTo(many);
        look(anne);

        assertThat(next()).isEqualTo(anne);
        assertThat(next()).as("nobody else waits").isEqualTo(many);
    }
}
