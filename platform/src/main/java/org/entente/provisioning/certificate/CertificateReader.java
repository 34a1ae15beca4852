package org.entente.provisioning.certificate;

import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PAdESSignature;
import eu.europa.esig.dss.pdf.PdfSignatureRevision;
import eu.europa.esig.dss.spi.signature.AdvancedSignature;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells whether a file is a document this territory signed, whole and unchanged. Never trusts anything the file says of itself. */
@Component
public class CertificateReader {

    private static final Logger log = LoggerFactory.getLogger(CertificateReader.class);

    private final TerritoryKey key;

    CertificateReader(TerritoryKey key) {
        this.key = key;
    }

    /** What a file is. */
    public enum What {
        NOT_A_PDF,
        NOT_SIGNED,
        /** Signed, but not by this territory. */
        FOREIGN,
        /** Carries this territory's signature, but not as it was signed. */
        CHANGED,
        GENUINE
    }

    /** @param reason what the paper says it was signed as; trusted only where it is genuine */
    public record Reading(
            What what, @Nullable Instant signedAt, @Nullable String reason) {}

    public Reading read(byte[] file) {
        if (file.length < 5 || file[0] != '%' || file[1] != 'P' || file[2] != 'D' || file[3] != 'F') {
            return new Reading(What.NOT_A_PDF, null, null);
        }
        try {
            SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(file));
            validator.setCertificateVerifier(new CommonCertificateVerifier());
            List<AdvancedSignature> signatures = validator.getSignatures();
            if (signatures.isEmpty()) {
                return new Reading(What.NOT_SIGNED, null, null);
            }
            List<AdvancedSignature> ours =
                    signatures.stream().filter(this::isOurs).toList();
            if (ours.isEmpty()) {
                return new Reading(What.FOREIGN, null, null);
            }
            AdvancedSignature signature = ours.getFirst();
            boolean whole =
                    signatures.size() == 1 && signature instanceof PAdESSignature pades && covers(pades, file.length);
            signature.checkSignatureIntegrity();
            boolean valid =
                    whole && signature.getSignatureCryptographicVerification().isSignatureValid();
            return new Reading(
                    valid ? What.GENUINE : What.CHANGED,
                    signature.getSigningTime() == null
                            ? null
                            : signature.getSigningTime().toInstant(),
                    signature instanceof PAdESSignature pades
                            ? pades.getPdfRevision().getPdfSigDictInfo().getReason()
                            : null);
        } catch (DSSException | UnsupportedOperationException | IllegalArgumentException | IllegalStateException e) {
            log.debug("A file sent for verification is not readable", e);
            return new Reading(What.NOT_A_PDF, null, null);
        }
    }

    private boolean isOurs(AdvancedSignature signature) {
        CertificateToken signer = signature.getSigningCertificateToken();
        return signer != null
                && key.find()
                        .map(signing -> new CertificateToken(signing.certificate()).equals(signer))
                        .orElse(false);
    }

    /** From the first byte to the last, but for the signature itself: nothing was put behind it. */
    private static boolean covers(PAdESSignature signature, int length) {
        PdfSignatureRevision revision = signature.getPdfRevision();
        var range = revision.getByteRange();
        return signature.getDataFoundUpToLevel() != SignatureLevel.PDF_NOT_ETSI
                && range.getFirstPartStart() == 0
                && range.getSecondPartStart() + range.getSecondPartEnd() == length;
    }
}
