package org.entente.provisioning;

import java.util.Optional;
import org.entente.provisioning.certificate.CertificateSigner;
import org.entente.provisioning.certificate.PaperPrinter;
import org.entente.provisioning.certificate.S3Store;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Papers of the territory for the rooms above: printed so that everyone can read them, signed with its key, kept in its object store. */
@Component
public class Papers {

    private final PaperPrinter printer;
    private final CertificateSigner signer;
    private final S3Store objects;
    private final JdbcClient jdbc;
    private final java.time.Clock clock;
    private final String nameBefore;

    Papers(
            PaperPrinter printer,
            CertificateSigner signer,
            S3Store objects,
            JdbcClient jdbc,
            java.time.Clock clock,
            @Value("${entente.territory.name:Entente}") String nameBefore) {
        this.printer = printer;
        this.signer = signer;
        this.objects = objects;
        this.jdbc = jdbc;
        this.clock = clock;
        this.nameBefore = nameBefore;
    }

    /** An accessible PDF (PDF/UA, PDF/A-2a) in French; {@code body} is XHTML whose texts are escaped by {@link #escape}. */
    public byte[] print(String title, String subject, String body) {
        return printer.print(title, subject, body);
    }

    /** The paper with the territory's signature (PAdES) on it; no change is allowed afterwards. */
    public byte[] sign(byte[] pdf, String reason) {
        return signer.sign(pdf, territory(), reason, clock.instant());
    }

    /** Whether the object store has it now; false when the store does not answer. */
    public boolean keep(String key, byte[] content, String type) {
        return objects.put(key, content, type);
    }

    /** Whether the object store has it no longer; false when the store does not answer. */
    public boolean discard(String key) {
        return objects.remove(key);
    }

    /**
     * @throws org.entente.base.Refusal when the store does not answer
     */
    public Optional<byte[]> read(String key) {
        return objects.get(key);
    }

    public String territory() {
        return jdbc.sql("SELECT name FROM directory.v_territory")
                .query(String.class)
                .optional()
                .orElse(nameBefore);
    }

    public static String escape(@Nullable Object text) {
        return text == null ? "" : PaperPrinter.escape(text.toString());
    }
}
