package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

@SpringBootTest
@Import({TestPostgres.class, TestS3.class})
class SmallHeapTest {

    @Autowired
    Environment settings;

    @Test
    void twoHundredMegabytesPassThroughAJavaThatHasNoRoomForThem() throws Exception {
        Process process = StorageAlone.start(settings, "112m", "200000000");

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("The same 200000000 bytes came back");
    }
}
