package org.entente.provisioning.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.entente.audit.AnchorSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signs the ledger's anchors with the key that signs certificates: whoever rewrites the database cannot sign anew without its secret. */
@Component
class LedgerSigner implements AnchorSigner {

    private static final Logger log = LoggerFactory.getLogger(LedgerSigner.class);
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final int ID_BYTES = 16;

    private final TerritoryKey key;
    private final JdbcClient jdbc;
    private final String nameBefore;

    LedgerSigner(TerritoryKey key, JdbcClient jdbc, @Value("${entente.territory.name:Entente}") String nameBefore) {
        this.key = key;
        this.jdbc = jdbc;
        this.nameBefore = nameBefore;
    }

    @Override
    public String keyId() {
        return id(signing().certificate());
    }

    @Override
    public byte[] sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing().key());
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The anchor of the ledger cannot be signed", e);
        }
    }

    /** A key that is not this territory's, or that does not open here, vouches for nothing. */
    @Override
    public boolean verify(String keyId, byte[] statement, byte[] signed) {
        try {
            X509Certificate certificate = key.find().orElseThrow().certificate();
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(certificate.getPublicKey());
            signature.update(statement);
            return keyId.equals(id(certificate)) && signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            log.warn("The signature of an anchor of the ledger cannot be checked: {}", e.toString());
            return false;
        }
    }

    private TerritoryKey.Signing signing() {
        return key.find()
                .orElseGet(() -> key.forTerritory(jdbc.sql("SELECT name FROM directory.v_territory")
                        .query(String.class)
                        .optional()
                        .orElse(nameBefore)));
    }

    private static String id(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
