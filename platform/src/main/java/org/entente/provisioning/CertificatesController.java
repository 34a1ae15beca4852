package org.entente.provisioning;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The certificate of a departure, and the answer to anyone who holds one. */
@RestController
class CertificatesController {

    private static final long MOST = 5 * 1024 * 1024;

    private final Certificates certificates;
    private final MessageSource messages;

    CertificatesController(Certificates certificates, MessageSource messages) {
        this.certificates = certificates;
        this.messages = messages;
    }

    record Check(
            boolean genuine,
            boolean unchanged,
            String territory,
            @Nullable Instant signedAt,
            @Nullable String person,
            @Nullable String capacity,
            String text) {}

    @GetMapping("/api/members/{member}/departures/{id}/certificate.pdf")
    @Needs(Right.READ_MEMBER)
    ResponseEntity<byte[]> pdf(@PathVariable MemberId member, @PathVariable UUID id) {
        byte[] pdf = certificates.of(member, id);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename("certificat-de-depart-" + id + ".pdf")
                                .build()
                                .toString())
                .body(pdf);
    }

    @PostMapping("/api/certificates/verify")
    @Needs(Right.PUBLIC)
    Check verify(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            @RequestParam(name = "pdf", required = false) @Nullable MultipartFile pdf)
            throws IOException {
        MultipartFile given = file != null ? file : pdf;
        if (given == null || given.isEmpty()) {
            throw Refusal.invalidField("file", "certificate.file");
        }
        if (given.getSize() > MOST) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "certificate.large", MOST / 1024 / 1024);
        }
        Certificates.Checked checked = certificates.check(given.getBytes());
        return new Check(
                checked.genuine(),
                checked.unchanged(),
                checked.territory(),
                checked.signedAt(),
                checked.person(),
                checked.capacity(),
                String.valueOf(messages.getMessage(
                        "certificate.check." + checked.what(),
                        new Object[] {checked.territory(), checked.reason()},
                        checked.what(),
                        LocaleContextHolder.getLocale())));
    }
}
