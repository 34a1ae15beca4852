package org.entente.scanning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.entente.directory.MemberId;
import org.entente.files.FilesTown;
import org.entente.storage.ContentId;
import org.entente.storage.Contents;
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

/** Who goes first, where nobody but the test takes anything. */
@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPostgres.class, TestS3.class, TestActors.class, FilesTown.class})
class ScanQueueTest {

    private static final long MOST = 1 << 20;

    /** Long enough for this test. */
    private static final Duration SLOW = Duration.ofMinutes(30);

    private final MemberId anne = new MemberId(UUID.randomUUID());
    private final MemberId many = new MemberId(UUID.randomUUID());

    @Autowired
    ScanQueue queue;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    @AfterEach
    void nothingWaits() {
        jdbc.sql("DELETE FROM scanning.content").update();
    }

    private List<Contents.Used> bring(MemberId member, int count, ScanQueue.Rank rank) {
        List<Contents.Used> brought = IntStream.range(0, count)
                .mapToObj(n -> new Contents.Used(new ContentId(UUID.randomUUID()), member, 10))
                .toList();
        queue.want(brought, rank, MOST);
        return brought;
    }

    private ScanQueue.Taken next() {
        return queue.take(SLOW).orElseThrow();
    }

    @Test
    void whatSomebodyOpensGoesBeforeAllThatCameBefore() {
        // given a slow antivirus, with its hands at what one member brought and at something of hers
        bring(many, 500, ScanQueue.Rank.NEW);
        next();
        bring(anne, 1, ScanQueue.Rank.NEW);
        assertThat(next().member()).isEqualTo(anne);

        // when
        ContentId opened = bring(anne, 1, ScanQueue.Rank.NEW).getFirst().id();
        queue.hurry(opened);

        // then
        assertThat(next().content()).isEqualTo(opened);
    }

    @Test
    void whatIsOpenedGoesFirstThoughTheOthersOpenMore() {
        // given many who wait for what the same member brought
        List<Contents.Used> theirs = bring(many, 500, ScanQueue.Rank.NEW);
        theirs.forEach(one -> queue.hurry(one.id()));
        next();

        // when
        ContentId hers = bring(anne, 1, ScanQueue.Rank.BEFORE).getFirst().id();
        queue.hurry(hers);

        // then
        assertThat(next().content()).isEqualTo(hers);
    }

    @Test
    void aMemberOfWhomNothingIsScannedGoesBeforeOneWhoBroughtVeryMany() {
        bring(many, 500, ScanQueue.Rank.NEW);
        next();
        bring(anne, 1, ScanQueue.Rank.NEW);

        assertThat(next().member()).isEqualTo(anne);
        assertThat(next().member()).as("nobody else waits").isEqualTo(many);
    }

    @Test
    void whatIsScannedAgainWaitsForWhatIsNew() {
        bring(many, 2, ScanQueue.Rank.NEW);
        next();
        bring(anne, 1, ScanQueue.Rank.AGAIN);

        assertThat(next().member()).isEqualTo(many);
    }
}
