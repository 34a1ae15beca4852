package org.entente.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.entente.base.Network;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Any S3, with one object a chunk. Its bucket is made when it is missing and may be made. */
@Component("contentObjects")
class ObjectStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ObjectStore.class);

    private static final int CONNECTIONS = 64;

    private final String bucket;
    private final String prefix;
    private final S3Client s3;

    ObjectStore(
            @Value("${entente.s3.url:http://127.0.0.1:8402}") URI url,
            @Value("${entente.s3.region:us-east-1}") String region,
            @Value("${entente.s3.key:entente}") String key,
            @Value("${entente.s3.secret:entente}") String secret,
            @Value("${entente.s3.bucket:entente}") String bucket,
            @Value("${entente.s3.prefix:contents/}") String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
        S3ClientBuilder builder = S3Client.builder()
                .endpointOverride(url)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                // What is kept is authenticated by its cipher already, and not every S3 knows the newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Nor every one its chunked uploads: Swift answers 501.
                .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionAcquisitionTimeout(Duration.ofSeconds(20))
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(20)))
                .overrideConfiguration(o -> o.apiCallAttemptTimeout(Duration.ofSeconds(30))
                        .apiCallTimeout(Duration.ofSeconds(60))
                        .retryStrategy(b -> b.maxAttempts(3)));
        if (url.getHost() != null && Network.isHere(url.getHost())) {
            builder.putAuthScheme(new HeadSigned());
        }
        this.s3 = builder.build();
    }

    /** Durable when this returns. */
    void put(MemberId member, UUID chunk, byte[] bytes, int length) {
        answering(() -> {
            try {
                return put(name(member, chunk), bytes, length);
            } catch (NoSuchBucketException e) {
                make();
                return put(name(member, chunk), bytes, length);
            }
        });
    }

    /** Of several who find none at once, one makes it. */
    private void make() {
        try {
            s3.createBucket(r -> r.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException made) {
            log.debug("The bucket {} was made meanwhile", bucket);
        }
    }

    /**
     * Null when it is not there.
     *
     * @param length of what was put; of an object that is longer there is one byte more, of a shorter one what there is
     */
    byte @Nullable [] get(MemberId member, UUID chunk, int length) {
        return answering(() -> {
            try {
                return s3.getObject(
                        r -> r.bucket(bucket).key(name(member, chunk)), (response, in) -> exactly(in, length));
            } catch (NoSuchKeyException | NoSuchBucketException e) {
                return null;
            }
        });
    }

    /** Into one array of the right length: there are many of these at once. */
    private static byte[] exactly(AbortableInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        if (read < length) {
            return Arrays.copyOf(bytes, read);
        }
        if (in.read() >= 0) {
            in.abort();
            return Arrays.copyOf(bytes, length + 1);
        }
        return bytes;
    }

    /** Whether it was there or not. */
    void remove(MemberId member, UUID chunk) {
        answering(() -> {
            try {
                return s3.deleteObject(r -> r.bucket(bucket).key(name(member, chunk)));
            } catch (NoSuchKeyException | NoSuchBucketException e) {
                return null;
            }
        });
    }

    /** @param chunk null when the name is none of ours */
    record Listed(
            String name,
            @Nullable MemberId member,
            @Nullable UUID chunk,
            long size,
            Instant modified) {}

    /** All there is under the prefix, some at a time, with what is not ours. */
    void list(Consumer<List<Listed>> some) {
        answering(() -> {
            try {
                s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix))
                        .forEach(page -> some.accept(
                                page.contents().stream().map(this::listed).toList()));
            } catch (NoSuchBucketException e) {
                some.accept(List.of());
            }
            return null;
        });
    }

    private Listed listed(S3Object object) {
        String[] parts = object.key().substring(prefix.length()).split("/", -1);
        try {
            MemberId member = MemberId.of(parts[0]);
            UUID chunk = UUID.fromString(parts[parts.length - 1]);
            if (object.key().equals(name(member, chunk))) {
                return new Listed(object.key(), member, chunk, object.size(), object.lastModified());
            }
        } catch (IllegalArgumentException e) {
            log.debug("{} is none of ours", object.key());
        }
        return new Listed(object.key(), null, null, object.size(), object.lastModified());
    }

    boolean has(MemberId member, UUID chunk) {
        return answering(() -> {
            try {
                s3.headObject(r -> r.bucket(bucket).key(name(member, chunk)));
                return true;
            } catch (NoSuchKeyException | NoSuchBucketException e) {
                return false;
            }
        });
    }

    private Object put(String name, byte[] bytes, int length) {
        return s3.putObject(
                r -> r.bucket(bucket).key(name).contentLength((long) length),
                RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream"));
    }

    /** The end of an id is random, so that folders of a store that is one fill evenly. */
    private String name(MemberId member, UUID chunk) {
        String id = chunk.toString();
        return prefix + member + "/" + id.substring(id.length() - 2) + "/" + id;
    }

    private static <T extends @Nullable Object> T answering(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            log.warn("The object store does not do what is asked: {}", e.getMessage());
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "storage.down");
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
