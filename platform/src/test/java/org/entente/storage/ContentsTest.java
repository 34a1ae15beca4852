package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.entente.directory.MemberId;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

@SpringBootTest
@Import({TestPostgres.class, TestS3.class})
class ContentsTest {

    private static final int CHUNK = Storage.CHUNK;

    @Autowired
    private Contents contents;

    private final MemberId member = new MemberId(UUID.randomUUID());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2000, Storage.SMALL, Storage.SMALL + 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17})
    void whatIsKeptComesBackAsItWas(int size) throws IOException {
        byte[] bytes = Bytes.of(size, size);

        Kept kept = contents.keep(member, new ByteArrayInputStream(bytes), size);

        assertThat(kept.size()).isEqualTo(size);
        assertThat(kept.sha256()).isEqualTo(Sha256.of(Sha256.digest().digest(bytes)));
        try (InputStream in = contents.open(kept.id())) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
