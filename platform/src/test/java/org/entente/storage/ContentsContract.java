package org.entente.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the room promises, whatever S3 is behind it. */
abstract class ContentsContract extends StorageFixture {

    static IntStream sizes() {
        return IntStream.of(0, 1, 2000, Storage.SMALL, Storage.SMALL + 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whatIsKeptComesBackAsItWas(int size) throws IOException {
        byte[] bytes = Bytes.of(size, size);

        Kept kept = keep(bytes);

        assertThat(kept.size()).isEqualTo(size);
        assertThat(kept.sha256()).isEqualTo(Sha256.of(Sha256.digest().digest(bytes)));
        assertThat(read(kept.id())).isEqualTo(bytes);
        assertThat(chunks(member)).hasSize(size <= Storage.SMALL ? 0 : (size + CHUNK - 1) / CHUNK);
    }

    @Test
    void anyRangeIsThePartItNames() throws IOException {
        byte[] bytes = Bytes.of(1, 2 * CHUNK + 1000);
        ContentId large = keep(bytes).id();
        ContentId small = keep(Arrays.copyOf(bytes, 1000)).id();

        for (long[] range : new long[][] {
            {0, 1}, {0, 0}, {CHUNK - 1, 2}, {CHUNK, 1}, {CHUNK - 5, CHUNK + 10}, {2L * CHUNK + 999, 1}, {10, 1L << 40}
        }) {
            int from = (int) range[0];
            int to = (int) Math.min(bytes.length, range[0] + range[1]);
            try (InputStream in = contents.open(large, range[0], range[1])) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
            }
        }
        try (InputStream in = contents.open(small, 990, 100)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
        }
        try (InputStream in = contents.open(large, bytes.length + 5L, 100)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void theSameBytesOfOneMemberAreThereOnce() throws IOException {
        byte[] bytes = Bytes.of(2, 2 * CHUNK);
        ContentId first = keep(bytes).id();
        byte[] longer = Arrays.copyOf(bytes, 2 * CHUNK + 5);

        assertThat(keep(bytes).id()).isEqualTo(first);
        ContentId second = keep(longer).id();

        assertThat(second).isNotEqualTo(first);
        assertThat(chunks(member)).hasSize(3);
        assertThat(read(second)).isEqualTo(longer);
    }

    @Test
    void aChunkThatContentRepeatsIsThereOnce() throws IOException {
        byte[] zeroes = new byte[3 * CHUNK];

        ContentId content = keep(zeroes).id();

        assertThat(chunks(member)).hasSize(1);
        assertThat(read(content)).isEqualTo(zeroes);
    }

    @Test
    void theSameBytesOfTwoMembersAreTwoObjectsAndNeitherKeyOpensTheOthers() throws IOException {
        MemberId other = new MemberId(UUID.randomUUID());
        byte[] bytes = Bytes.of(3, CHUNK);
        Kept mine = keep(bytes);

        Kept theirs = contents.copy(mine.id(), other);

        assertThat(theirs.id()).isNotEqualTo(mine.id());
        assertThat(theirs.sha256()).isEqualTo(mine.sha256());
        assertThat(read(theirs.id())).isEqualTo(bytes);
        UUID ours = chunks(member).getFirst();
        UUID copied = chunks(other).getFirst();
        byte[] object = object(other, copied);
        assertThat(object).isNotNull().isNotEqualTo(object(member, ours));
        objects.put(member, ours, object, object.length);
        assertThatThrownBy(() -> read(mine.id())).satisfies(this::isDamaged);
    }

    @Test
    void aCopyForTheSameMemberIsTheContentItself() throws IOException {
        Kept kept = keep(Bytes.of(4, 100));

        assertThat(contents.copy(kept.id(), member)).isEqualTo(kept);
    }

    @Test
    void bytesAgainstTheirChecksumAreRefusedAndWithItTaken() throws IOException {
        byte[] bytes = Bytes.of(9, 50_000);
        for (String name : List.of("SHA256", "SHA1", "MD5", "ADLER32")) {
            String right = name + ":" + sum(name, bytes);
            Checksum wrong = Checksum.of(right.substring(0, right.length() - 1) + (right.endsWith("0") ? "1" : "0"))
                    .orElseThrow();

            assertThatThrownBy(() -> contents.keep(member, new ByteArrayInputStream(bytes), bytes.length, wrong))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.checksum"));
            assertThat(contents.keep(
                                    member,
                                    new ByteArrayInputStream(bytes),
                                    bytes.length,
                                    Checksum.of(right).orElseThrow())
                            .size())
                    .isEqualTo(bytes.length);
        }
    }

    @Test
    void oneByteTooManyIsRefused() {
        byte[] bytes = Bytes.of(10, 3000);

        assertThatThrownBy(() -> contents.keep(member, new ByteArrayInputStream(bytes), 2999))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LARGE));
        assertThat(jdbc.sql("SELECT count(*) FROM storage.content WHERE member = ?")
                        .param(member.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aClientThatGoesAwayLeavesNoContent() {
        InputStream broken = new InputStream() {
            private final InputStream some = Bytes.stream(11, 3L * CHUNK);

            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = some.read(into, offset, length);
                if (read < 0) {
                    throw new IOException("gone");
                }
                return read;
            }
        };

        assertThatThrownBy(() -> contents.keep(member, broken, Long.MAX_VALUE)).hasMessage("gone");

        assertThat(jdbc.sql("SELECT count(*) FROM storage.content WHERE member = ?")
                        .param(member.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void partsBecomeOneContentWithoutBeingStoredAgain() throws IOException {
        byte[] bytes = Bytes.of(12, 2 * CHUNK + 70_000 + 300);
        List<ContentId> parts = new ArrayList<>();
        int[] ends = {100, CHUNK + 100, 2 * CHUNK + 70_000, bytes.length};
        int from = 0;
        for (int end : ends) {
            parts.add(keep(Arrays.copyOfRange(bytes, from, end)).id());
            from = end;
        }
        int before = chunks(member).size();

        Kept whole = contents.join(
                member, parts, Checksum.of("SHA1:" + sum("SHA1", bytes)).orElseThrow());

        assertThat(whole.sha256()).isEqualTo(Sha256.of(Sha256.digest().digest(bytes)));
        assertThat(read(whole.id())).isEqualTo(bytes);
        assertThat(chunks(member)).as("the two small ones are chunks now").hasSize(before + 2);
        try (InputStream in = contents.open(whole.id(), CHUNK + 90, 20)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, CHUNK + 90, CHUNK + 110));
        }
        assertThat(keep(bytes).id()).as("cut otherwise, it is the same content").isEqualTo(whole.id());
    }

    @Test
    void partsOfAnotherMemberAreNotJoined() throws IOException {
        ContentId theirs = contents.keep(
                        new MemberId(UUID.randomUUID()), new ByteArrayInputStream(Bytes.of(13, 10)), 10)
                .id();

        assertThatThrownBy(() -> contents.join(member, List.of(theirs), null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
    }

    @Test
    void theSameBytesKeptByEightAtOnceAreOneContent() throws Exception {
        byte[] bytes = Bytes.of(14, 3 * CHUNK);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Kept>> all = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> keep(bytes)))
                    .toList();
            for (Future<Kept> one : all) {
                assertThat(one.get()).isEqualTo(all.getFirst().get());
            }
            assertThat(read(all.getFirst().get().id())).isEqualTo(bytes);
        }
        assertThat(chunks(member)).hasSize(3);
    }

    @Test
    void aHundredMegabytesPassThrough() throws IOException {
        long size = 100_000_000;

        Kept kept = contents.keep(member, Bytes.stream(15, size), size);

        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(contents.open(kept.id()), digest)) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
        }
        assertThat(kept.sha256()).isEqualTo(Sha256.of(digest.digest()));
    }

    @Test
    void usesAreCountedInTheCallersTransaction() throws IOException {
        ContentId one = keep(Bytes.of(16, 10)).id();
        ContentId two = keep(Bytes.of(17, 10)).id();

        transaction.executeWithoutResult(status -> contents.refer(List.of(one, two, one)));
        transaction.executeWithoutResult(status -> {
            contents.refer(two);
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> contents.release(List.of(one, two)));

        assertThat(uses(one)).isEqualTo(1);
        assertThat(uses(two)).isZero();
        assertThatThrownBy(() -> contents.refer(one)).hasMessageContaining("transaction");
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> contents.release(two)))
                .as("released more often than referred to")
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> contents.refer(List.of(one, new ContentId(UUID.randomUUID())))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("storage.gone"));
        assertThat(uses(one)).isEqualTo(1);
    }

    private long uses(ContentId content) {
        return jdbc.sql("SELECT uses FROM storage.content WHERE id = ?")
                .param(content.value())
                .query(Long.class)
                .single();
    }

    private static String sum(String name, byte[] bytes) {
        if (name.equals("ADLER32")) {
            var adler = new java.util.zip.Adler32();
            adler.update(bytes);
            return HexFormat.of().toHexDigits((int) adler.getValue());
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name.replace("SHA", "SHA-"))
                            .digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
