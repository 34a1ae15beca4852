package org.entente.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals what must be kept and used again, such as the password of a member's directory: AES-256-GCM under a key that is not in the database. It comes (HKDF,
 * RFC 5869) from {@code entente.certificate.secret}, the same on all nodes, or else from a file of the data folder that only the platform may read.
 */
@Component
public class Sealed {

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final String secret;
    private final Path secretFile;
    private volatile @Nullable SecretKey known;

    Sealed(@Value("${entente.certificate.secret:}") String secret, @Value("${entente.data:data}") Path data) {
        this.secret = secret;
        this.secretFile = data.resolve("platform.secret");
    }

    public byte[] seal(String plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.getBytes(UTF_8));
            return ByteBuffer.allocate(1 + NONCE + closed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(closed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal", e);
        }
    }

    /** What was sealed; a refusal when it was changed, or sealed under another secret. */
    public String open(byte[] sealed) {
        try {
            ByteBuffer all = ByteBuffer.wrap(sealed);
            byte[] nonce = new byte[NONCE];
            if (sealed.length <= 1 + NONCE || all.get() != VERSION) {
                throw new GeneralSecurityException("not sealed here");
            }
            all.get(nonce);
            byte[] closed = new byte[all.remaining()];
            all.get(closed);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(closed), UTF_8);
        } catch (GeneralSecurityException e) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "sealed.closed");
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private SecretKey key() throws GeneralSecurityException {
        SecretKey found = known;
        if (found == null) {
            byte[] material = (secret.isBlank() ? secretOfTheFile() : secret).getBytes(UTF_8);
            found = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(material)
                                    .thenExpand("entente sealed 1".getBytes(UTF_8), 32));
            known = found;
        }
        return found;
    }

    /** Linked into its place when it is whole: two nodes that start at once agree on one. */
    private String secretOfTheFile() {
        try {
            if (!Files.exists(secretFile)) {
                byte[] made = new byte[32];
                random.nextBytes(made);
                FileAttribute<Set<PosixFilePermission>> mine =
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Path folder = secretFile.toAbsolutePath().getParent();
                Files.createDirectories(folder);
                Path whole = Files.createTempFile(folder, "platform", ".secret", mine);
                try {
                    Files.writeString(whole, Base64.getEncoder().encodeToString(made));
                    Files.createLink(secretFile, whole);
                } catch (FileAlreadyExistsException e) {
                    return Files.readString(secretFile).strip();
                } finally {
                    Files.delete(whole);
                }
            }
            return Files.readString(secretFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
