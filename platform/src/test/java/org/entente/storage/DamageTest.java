package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.entente.testing.TestPostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Objects that were changed, cut, exchanged or lost in the store: never given out. */
@SpringBootTest
@Import({TestPostgres.class, TestS3.class})
class DamageTest extends StorageFixture {

    @Test
    void nothingReadableIsInTheStore() throws IOException {
        byte[] bytes = "Compte rendu du conseil municipal. ".repeat(2000).getBytes();
        keep(bytes);
        byte[] object = object(member, chunks(member).getFirst());

        assertThat(new String(object, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("conseil");
    }

    @ParameterizedTest
    @CsvSource({"0", "13", "5000", "-1"})
    void anObjectWithOneBitChangedIsNotServed(int place) throws IOException {
        ContentId content = keep(Bytes.of(5, 100_000)).id();
        UUID chunk = chunks(member).getFirst();
        byte[] object = object(member, chunk);
        object[place < 0 ? object.length - 1 : place] ^= 1;

        objects.put(member, chunk, object, object.length);

        assertThatThrownBy(() -> contents.open(content, 0, 10)).satisfies(this::isDamaged);
    }

    @Test
    void anObjectThatWasCutOrGrewIsNotServed() throws IOException {
        ContentId content = keep(Bytes.of(6, 100_000)).id();
        UUID chunk = chunks(member).getFirst();
        byte[] object = object(member, chunk);

        for (byte[] other : List.of(
                Arrays.copyOf(object, object.length - 1), Arrays.copyOf(object, object.length + 1), new byte[0])) {
            objects.put(member, chunk, other, other.length);
            assertThatThrownBy(() -> contents.open(content)).satisfies(this::isDamaged);
        }
    }

    @Test
    void anObjectUnderTheNameOfAnotherIsNotServed() throws IOException {
        byte[] bytes = Bytes.of(7, 2 * CHUNK);
        ContentId content = keep(bytes).id();
        List<UUID> both = chunks(member);
        byte[] first = object(member, both.getFirst());

        objects.put(member, both.getLast(), first, first.length);

        assertThatThrownBy(() -> read(content)).satisfies(this::isDamaged);
    }

    @Test
    void aLostObjectIsSaidWhenItIsReachedAndNothingOfItIsServed() throws IOException {
        byte[] bytes = Bytes.of(8, 5 * CHUNK);
        ContentId content = keep(bytes).id();
        UUID last = jdbc.sql("SELECT chunk FROM storage.piece WHERE content = ? ORDER BY start DESC LIMIT 1")
                .param(content.value())
                .query(UUID.class)
                .single();
        objects.remove(member, last);

        try (InputStream in = contents.open(content)) {
            assertThat(in.readNBytes(4 * CHUNK)).isEqualTo(Arrays.copyOf(bytes, 4 * CHUNK));
            assertThatThrownBy(in::read).satisfies(this::isDamaged);
        }
    }
}
