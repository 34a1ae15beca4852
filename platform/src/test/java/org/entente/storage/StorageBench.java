package org.entente.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.entente.directory.MemberId;
import org.entente.testing.DurablePostgres;
import org.entente.testing.TestS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Not part of the tests: {@code mvn test -pl platform -am -Dtest=StorageBench}. Contents beside the bare object store and plain files: PostgreSQL syncs to
 * disk, the others do not.
 */
@SpringBootTest
@Import({DurablePostgres.class, TestS3.class})
class StorageBench {

    private static final int CLIENTS = 8;
    private static final int MIB = 1024 * 1024;
    private static final int BIG = Integer.getInteger("entente.bench.mib", 1024);
    private static final int FILES = Integer.getInteger("entente.bench.files", 10_000);

    @Autowired
    Contents contents;

    @Autowired
    TransactionTemplate transaction;

    @Value("${entente.s3.url}")
    URI url;

    @TempDir
    Path folder;

    private S3Client s3;
    private final MemberId member = new MemberId(UUID.randomUUID());

    @BeforeEach
    void connect() {
        s3 = S3Client.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test-secret")))
                .build();
    }

    @Test
    void howLongFilesTake() throws Exception {
        small(500, 2000, "warming up");
        for (String size : System.getProperty("entente.bench.sizes", "2000").split(",")) {
            small(FILES, Integer.parseInt(size), size + " bytes");
        }
        if (BIG > 0) {
            big(64, "warming up");
            big(BIG, BIG + " MiB");
        }
    }

    private void small(int files, int size, String what) throws Exception {
        byte[][] all = IntStream.range(0, files)
                .mapToObj(i -> Bytes.of(System.nanoTime() + i, size))
                .toArray(byte[][]::new);
        ContentId[] ids = new ContentId[files];
        double kept = each(files, i -> {
            ids[i] = contents.keep(member, new ByteArrayInputStream(all[i]), size)
                    .id();
            transaction.executeWithoutResult(status -> contents.refer(ids[i]));
        });
        double opened = each(files, i -> {
            try (InputStream in = contents.open(ids[i])) {
                in.readAllBytes();
            }
        });
        String prefix = UUID.randomUUID() + "/";
        double put =
                each(files, i -> s3.putObject(r -> r.bucket("entente").key(prefix + i), RequestBody.fromBytes(all[i])));
        double got =
                each(files, i -> s3.getObjectAsBytes(r -> r.bucket("entente").key(prefix + i)));
        Path here = Files.createDirectory(folder.resolve(prefix));
        double written = each(files, i -> Files.write(here.resolve("" + i), all[i]));
        double read = each(files, i -> Files.readAllBytes(here.resolve("" + i)));
        System.out.printf(
                Locale.ROOT,
                "%s × %d, a second: kept %.0f, put %.0f, written %.0f; opened %.0f, got %.0f, read %.0f%n",
                what,
                files,
                files / kept,
                files / put,
                files / written,
                files / opened,
                files / got,
                files / read);
    }

    private void big(int mib, String what) throws Exception {
        ContentId[] id = new ContentId[1];
        double kept = seconds(
                () -> id[0] = contents.keep(member, stream(mib), Long.MAX_VALUE).id());
        double opened = seconds(() -> {
            try (InputStream in = contents.open(id[0])) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        });
        String name = UUID.randomUUID().toString();
        double put = seconds(() -> s3.putObject(
                r -> r.bucket("entente").key(name), RequestBody.fromInputStream(stream(mib), (long) mib * MIB)));
        double got = seconds(() -> {
            try (InputStream in = s3.getObject(r -> r.bucket("entente").key(name))) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        });
        Path file = folder.resolve(name);
        double written = seconds(() -> Files.copy(stream(mib), file));
        double read = seconds(() -> {
            try (InputStream in = Files.newInputStream(file)) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        });
        System.out.printf(
                Locale.ROOT,
                "%s, MiB a second: kept %.0f, put %.0f, written %.0f; opened %.0f, got %.0f, read %.0f%n",
                what,
                mib / kept,
                mib / put,
                mib / written,
                mib / opened,
                mib / got,
                mib / read);
    }

    /** Bytes that cost nothing to make, and of which no two chunks are the same. */
    private static InputStream stream(int mib) {
        byte[] block = Bytes.of(System.nanoTime(), MIB);
        return new BufferedInputStream(
                new InputStream() {
                    private int blocks;
                    private int at = MIB;

                    @Override
                    public int read() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        if (at == MIB) {
                            if (blocks == mib) {
                                return -1;
                            }
                            ByteBuffer.wrap(block).putInt(blocks++);
                            at = 0;
                        }
                        int given = Math.min(length, MIB - at);
                        System.arraycopy(block, at, into, offset, given);
                        at += given;
                        return given;
                    }
                },
                64 * 1024);
    }

    private interface Act {
        void on(int i) throws Exception;
    }

    private static double each(int files, Act act) throws Exception {
        return seconds(() -> {
            try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<Void>> all = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> threads.submit((Callable<Void>) () -> {
                            for (int i = client; i < files; i += CLIENTS) {
                                act.on(i);
                            }
                            return null;
                        }))
                        .toList();
                for (Future<Void> one : all) {
                    one.get();
                }
                return null;
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        });
    }

    private static double seconds(Callable<?> act) throws Exception {
        long begun = System.nanoTime();
        act.call();
        return (System.nanoTime() - begun) / 1e9;
    }
}
