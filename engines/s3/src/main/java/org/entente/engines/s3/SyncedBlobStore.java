package org.entente.engines.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Answers only when the object and the way to it are on the disk: whoever was told that it is kept finds it after a power cut. */
final class SyncedBlobStore extends ForwardingBlobStore {

    private final Path root;

    SyncedBlobStore(BlobStore files, Path root) {
        super(files);
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        PutObjectResponse response = super.putBlob(request, content);
        sync(request.bucket(), request.key());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        sync(request.destinationBucket(), request.destinationKey());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        sync(request.bucket(), request.key());
        return response;
    }

    private void sync(String bucket, String key) {
        Path path = root.resolve(bucket).resolve(key).normalize();
        try {
            for (Path at = path; at != null && at.startsWith(root); at = at.getParent()) {
                try (FileChannel channel = FileChannel.open(at, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (java.nio.file.NoSuchFileException removed) {
            return; // by somebody who came after
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
