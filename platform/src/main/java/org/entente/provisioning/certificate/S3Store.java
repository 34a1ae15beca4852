package org.entente.provisioning.certificate;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Keeps documents in any S3; its bucket is made when it is not there. */
@Component
public class S3Store implements AutoCloseable {

    private final String bucket;
    private final S3Client s3;

    S3Store(
            @Value("${entente.s3.url:http://127.0.0.1:8402}") URI url,
            @Value("${entente.s3.region:us-east-1}") String region,
            @Value("${entente.s3.key:entente}") String key,
            @Value("${entente.s3.secret:entente}") String secret,
            @Value("${entente.s3.bucket:entente}") String bucket) {
        this.bucket = bucket;
        this.s3 = S3Client.builder()
                .endpointOverride(url)
                .region(Region.of(region))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(10)))
                .overrideConfiguration(o -> o.apiCallAttemptTimeout(Duration.ofSeconds(10))
                        .apiCallTimeout(Duration.ofSeconds(15))
                        .retryStrategy(b -> b.maxAttempts(2)))
                .build();
    }

    /** Whether the document is kept now; it is not when the store does not answer. */
    public boolean put(String key, byte[] content, String type) {
        try {
            store(key, content, type);
            return true;
        } catch (NoSuchBucketException e) {
            return makeBucketAndPut(key, content, type);
        } catch (SdkException e) {
            return false;
        }
    }

    /**
     * @throws org.entente.base.Refusal when the store does not answer now
     */
    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray());
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw org.entente.base.Refusal.of(org.entente.base.Refusal.Kind.UNAVAILABLE, "store.down");
        }
    }

    /** Whether nothing is kept there now; false when the store does not answer. */
    public boolean remove(String key) {
        try {
            s3.deleteObject(r -> r.bucket(bucket).key(key));
            return true;
        } catch (NoSuchBucketException e) {
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    /** What is wrong with the store at this moment, or null. */
    public @Nullable String trouble() {
        try {
            s3.headBucket(r -> r.bucket(bucket).overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(2))));
            return null;
        } catch (NoSuchBucketException e) {
            return null; // it is made with the first document
        } catch (SdkException e) {
            return e.getClass().getSimpleName();
        }
    }

    private boolean makeBucketAndPut(String key, byte[] content, String type) {
        try {
            s3.createBucket(r -> r.bucket(bucket));
            store(key, content, type);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private void store(String key, byte[] content, String type) {
        s3.putObject(r -> r.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(content));
    }

    @Override
    public void close() {
        s3.close();
    }
}
