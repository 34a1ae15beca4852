package org.entente.provisioning.certificate;

import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import org.springframework.stereotype.Component;

/** Signs a document with the territory's key (PAdES B-B), forbidding any later change of it. */
@Component
public class CertificateSigner {

    private final TerritoryKey key;

    CertificateSigner(TerritoryKey key) {
        this.key = key;
    }

    public byte[] sign(byte[] pdf, String territory, String reason, Instant at) {
        TerritoryKey.Signing signing = key.forTerritory(territory);
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setSigningCertificate(new CertificateToken(signing.certificate()));
        parameters.setCertificateChain(new CertificateToken(signing.certificate()));
        parameters.setSignerName(territory);
        parameters.setReason(reason);
        parameters.setPermission(CertificationPermission.NO_CHANGE_PERMITTED);
        parameters.bLevel().setSigningDate(Date.from(at));
        PAdESService service = new PAdESService(new CommonCertificateVerifier());
        DSSDocument document = new InMemoryDocument(pdf);
        ToBeSigned toSign = service.getDataToSign(document, parameters);
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signing.key());
            signature.update(toSign.getBytes());
            SignatureValue value = new SignatureValue(SignatureAlgorithm.ECDSA_SHA256, signature.sign());
            service.signDocument(document, parameters, value).writeTo(out);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be signed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
