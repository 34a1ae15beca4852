package org.entente.sources;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Fetch;
import org.entente.identity.SignInSources;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at the metadata of a member's SAML provider (SAML 2.0 Metadata), and says what is right and what is wrong. */
@Component
class SamlCheck {

    private static final int SOON_DAYS = 45;

    private final Fetch fetch;
    private final SignInSources engine;
    private final Clock clock;

    SamlCheck(Fetch fetch, SignInSources engine, Clock clock) {
        this.fetch = fetch;
        this.engine = engine;
        this.clock = clock;
    }

    /** @param saml the provider, as the sign-in engine takes it; null as long as something stands in the way */
    record Seen(List<Finding> findings, @Nullable Map<String, String> saml) {}

    /** @param metadata the document, or its address */
    Seen check(String metadata) {
        String xml = metadata.strip();
        List<Finding> findings = new ArrayList<>();
        if (!xml.startsWith("<")) {
            try {
                Fetch.Answer answer = fetch.get(xml);
                if (answer.status() != 200) {
                    return new Seen(List.of(Finding.wrong("metadata-status", xml, answer.status())), null);
                }
                xml = answer.body();
            } catch (Fetch.Unanswered e) {
                return new Seen(List.of(Finding.of(e)), null);
            }
        }
        // No honest metadata has a document type; with one, a parser may be led to read other files (XXE).
        Optional<Map<String, String>> read =
                xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY") ? Optional.empty() : engine.readMetadata(xml);
        if (read.isEmpty()) {
            return new Seen(List.of(Finding.wrong("metadata-unreadable")), null);
        }
        findings.addAll(check(read.get()));
        boolean usable = findings.stream().noneMatch(finding -> finding.level() == Finding.Level.WRONG);
        return new Seen(findings, usable ? read.get() : null);
    }

    /** What can be said of metadata that were read before: certificates run out. */
    List<Finding> check(Map<String, String> saml) {
        List<Finding> findings = new ArrayList<>();
        String entity = saml.get("idpEntityId");
        findings.add(
                entity == null || entity.isBlank()
                        ? Finding.wrong("metadata-no-entity")
                        : Finding.right("metadata", entity));
        for (String service : List.of("singleSignOnServiceUrl", "singleLogoutServiceUrl")) {
            String url = saml.get(service);
            if (url != null) {
                try {
                    fetch.allowed(url);
                } catch (Fetch.Unanswered e) {
                    findings.add(Finding.of(e));
                }
            }
        }
        findings.addAll(certificates(saml.get("signingCertificate")));
        return findings;
    }

    private List<Finding> certificates(@Nullable String joined) {
        if (joined == null || joined.isBlank()) {
            return List.of(Finding.wrong("no-certificate"));
        }
        List<Finding> findings = new ArrayList<>();
        Instant now = clock.instant();
        int live = 0;
        for (String one :
                Arrays.stream(joined.split(",", -1)).map(String::strip).toList()) {
            try {
                X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getMimeDecoder().decode(one)));
                Instant until = certificate.getNotAfter().toInstant();
                Date day = Date.from(until);
                String name = certificate.getSubjectX500Principal().getName();
                if (until.isBefore(now)) {
                    findings.add(Finding.doubtful("certificate-expired", name, day));
                } else {
                    live++;
                    findings.add(
                            until.isBefore(now.plus(SOON_DAYS, ChronoUnit.DAYS))
                                    ? Finding.doubtful("certificate-soon", name, day)
                                    : Finding.right("certificate", name, day));
                }
            } catch (CertificateException | IllegalArgumentException e) {
                findings.add(Finding.doubtful("certificate-unreadable"));
            }
        }
        if (live == 0) {
            findings.add(Finding.wrong("no-live-certificate"));
        }
        return findings;
    }
}
