package org.entente.provisioning.certificate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.base.PlatformSecret;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key with which the territory signs, made at its first certificate and kept for good: a PKCS #12 in the database, so that
 * every node signs alike, closed with {@link PlatformSecret}, which is not in it.
 */
@Component
public class TerritoryKey {

    private static final String ALIAS = "territory";
    private static final Duration LIFE = Duration.ofDays(365 * 30L);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PlatformSecret secret;
    private volatile @Nullable Signing known;

    TerritoryKey(JdbcClient jdbc, Clock clock, PlatformSecret secret) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.secret = secret;
    }

    /** The private key and the certificate that names the territory. */
    public record Signing(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "Signing[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    /** The territory's key, if it has ever been made. */
    public Optional<Signing> find() {
        Signing signing = known;
        if (signing != null) {
            return Optional.of(signing);
        }
        Optional<Signing> read = jdbc.sql("SELECT pkcs12 FROM provisioning.territory_key")
                .query(byte[].class)
                .optional()
                .map(this::open);
        read.ifPresent(found -> known = found);
        return read;
    }

    /** The territory's key; made now when there is none, by one node of them all. */
    public Signing forTerritory(String name) {
        return find().orElseGet(() -> {
            jdbc.sql("INSERT INTO provisioning.territory_key (pkcs12, made_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .param(make(name))
                    .param(OffsetDateTime.now(clock))
                    .update();
            return find().orElseThrow();
        });
    }

    private byte[] make(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, name)
                    .addRDN(BCStyle.CN, "Entente · " + name)
                    .build();
            Instant now = clock.instant();
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    subject,
                                    new BigInteger(127, new SecureRandom()),
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plus(LIFE)),
                                    subject,
                                    pair.getPublic())
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, pair.getPrivate(), password(), new Certificate[] {certificate});
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password());
            return out.toByteArray();
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The territory's key cannot be made", e);
        }
    }

    private Signing open(byte[] pkcs12) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password());
            return new Signing(
                    (PrivateKey) store.getKey(ALIAS, password()), (X509Certificate) store.getCertificate(ALIAS));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(
                    "The territory's key does not open: is " + secret.place() + " the one it was made with?", e);
        }
    }

    private char[] password() {
        return secret.value().toCharArray();
    }
}
