package org.entente.engines.s3;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Serves one folder as S3; its settings, secrets among them, come by environment so that no process list shows them. */
public final class S3Server {

    private S3Server() {}

    public static void main(String[] args) throws Exception {
        FilesystemNio2BlobStore store = new FilesystemNio2BlobStore(setting("FOLDER"));
        String bucket = setting("BUCKET");
        if (!store.containerExists(bucket)) {
            store.createContainer(bucket);
        }
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new SyncedBlobStore(store, Path.of(setting("FOLDER"))))
                .endpoint(URI.create(setting("ENDPOINT")))
                .awsAuthentication(AuthenticationType.AWS_V4, setting("KEY"), setting("SECRET"))
                .build();
        proxy.start();
    }

    private static String setting(String name) {
        String value = System.getenv("ENTENTE_S3_" + name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("ENTENTE_S3_" + name + " is missing");
        }
        return value;
    }
}
