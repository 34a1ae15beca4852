package org.entente.provisioning;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.catalog.Catalog;
import org.entente.directory.MemberId;
import org.entente.provisioning.certificate.CertificateFacts;
import org.entente.provisioning.certificate.CertificatePaper;
import org.entente.provisioning.certificate.CertificateReader;
import org.entente.provisioning.certificate.CertificateSigner;
import org.entente.provisioning.certificate.S3Store;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the certificate of every departure once its last act is done, keeps it, and recognises it. The signed document waits in
 * the database until the object store has it, so that a store that is down delays nothing and loses nothing.
 */
@Component
class Certificates {

    private static final String REASON = "Certificat de départ";

    private static final Logger log = LoggerFactory.getLogger(Certificates.class);
    private static final int AT_ONCE = 20;

    private final DepartureStore departures;
    private final DepartureViews views;
    private final DepartureAppViews appViews;
    private final CertificatePaper paper;
    private final CertificateSigner signer;
    private final CertificateReader reader;
    private final S3Store objects;
    private final Catalog catalog;
    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final String nameBefore;

    Certificates(
            DepartureStore departures,
            DepartureViews views,
            DepartureAppViews appViews,
            CertificatePaper paper,
            CertificateSigner signer,
            CertificateReader reader,
            S3Store objects,
            Catalog catalog,
            JdbcClient jdbc,
            Ledger ledger,
            TransactionOperations transaction,
            Clock clock,
            @Value("${entente.territory.name:Entente}") String nameBefore) {
        this.departures = departures;
        this.views = views;
        this.appViews = appViews;
        this.paper = paper;
        this.signer = signer;
        this.reader = reader;
        this.objects = objects;
        this.catalog = catalog;
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.transaction = transaction;
        this.clock = clock;
        this.nameBefore = nameBefore;
    }

    record Checked(
            boolean genuine,
            boolean unchanged,
            String territory,
            @Nullable Instant signedAt,
            @Nullable String person,
            @Nullable String capacity,
            String what,
            @Nullable String reason) {}

    private record Waiting(UUID departure, String objectKey, byte[] pdf) {}

    /** Makes what is complete and not certified yet, and brings to the store what waits for it. */
    @Scheduled(fixedDelayString = "${entente.certificates.poll:2s}")
    @SchedulerLock(name = "certificates", lockAtMostFor = "20s")
    public void makeAndKeep() {
        for (UUID departure : jdbc.sql("""
                        SELECT d.id FROM provisioning.departure d
                        WHERE d.state = 'complete' AND NOT EXISTS (SELECT FROM provisioning.certificate c WHERE c.departure = d.id)
                        ORDER BY d.completed_at LIMIT ?""").param(AT_ONCE).query(UUID.class).list()) {
            make(departure);
        }
        for (Waiting waiting : jdbc.sql(
                        "SELECT departure, object_key, pdf FROM provisioning.certificate WHERE stored_at IS NULL LIMIT ?")
                .param(AT_ONCE)
                .query(Waiting.class)
                .list()) {
            if (!objects.put(waiting.objectKey(), waiting.pdf(), "application/pdf")) {
                log.warn("The object store does not answer: certificates wait for it");
                return;
            }
            jdbc.sql("UPDATE provisioning.certificate SET stored_at = ?, pdf = NULL WHERE departure = ?")
                    .param(now())
                    .param(waiting.departure())
                    .update();
        }
    }

    /** The certificate of a departure; a provisional one, signed too, as long as something is still to be done. */
    byte[] of(MemberId member, UUID id) {
        DepartureStore.Kept kept = departures.find(member, id).orElseThrow(() -> Refusal.notFound("departure.unknown"));
        Optional<byte[]> made = read(id);
        if (made.isPresent()) {
            return made.get();
        }
        if (kept.state().equals("complete")) {
            make(kept);
            return read(id).orElseThrow(() -> Refusal.notFound("departure.unknown"));
        }
        if (!kept.state().equals("cutting")) {
            throw Refusal.conflict("certificate.none");
        }
        return print(kept, true);
    }

    /** Whether a file is a certificate of this territory, unchanged, and what it certifies. */
    Checked check(byte[] file) {
        CertificateReader.Reading reading = reader.read(file);
        boolean genuine = reading.what() == CertificateReader.What.GENUINE;
        Optional<DepartureStore.Kept> kept = genuine
                ? jdbc.sql("SELECT departure FROM provisioning.certificate WHERE sha256 = ?")
                        .param(sha256(file))
                        .query(UUID.class)
                        .optional()
                        .flatMap(departures::find)
                : Optional.empty();
        String what = reading.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (genuine && kept.isEmpty()) {
            // Other papers of the territory, such as minutes, carry the same signature.
            what = REASON.equals(reading.reason()) ? "provisional" : "paper";
        }
        return new Checked(
                genuine || reading.what() == CertificateReader.What.CHANGED,
                genuine,
                territory(),
                reading.signedAt(),
                kept.map(DepartureStore.Kept::personName).orElse(null),
                kept.map(one -> one.capacity().function() + ", " + one.memberName())
                        .orElse(null),
                what,
                reading.reason());
    }

    /** Nothing for a departure that has gone since it was seen. */
    private void make(UUID id) {
        departures.find(id).ifPresent(this::make);
    }

    private void make(DepartureStore.Kept kept) {
        UUID id = kept.id();
        byte[] pdf = print(kept, false);
        String hash = sha256(pdf);
        transaction.executeWithoutResult(status -> {
            int made = jdbc.sql("""
                            INSERT INTO provisioning.certificate (departure, sha256, signed_at, object_key, pdf)
                            SELECT :id, :hash, :now, :key, :pdf FROM provisioning.departure d WHERE d.id = :id AND d.state = 'complete'
                            ON CONFLICT (departure) DO NOTHING""")
                    .param("id", id)
                    .param("hash", hash)
                    .param("now", now())
                    .param("key", "certificates/" + kept.member() + "/" + id + ".pdf")
                    .param("pdf", pdf)
                    .update();
            if (made == 1) {
                ledger.record(new Entry(
                        Author.system("certificates"),
                        "certificate.signed",
                        kept.member(),
                        "departure",
                        id.toString(),
                        kept.personName(),
                        Map.of(),
                        Map.of("sha256", hash)));
            }
        });
    }

    private Optional<byte[]> read(UUID id) {
        record Place(String objectKey, byte @Nullable [] pdf) {}
        return jdbc.sql("SELECT object_key, pdf FROM provisioning.certificate WHERE departure = ?")
                .param(id)
                .query((row, n) -> new Place(row.getString(1), row.getBytes(2)))
                .optional()
                .flatMap(place -> {
                    byte[] waiting = place.pdf();
                    return waiting != null ? Optional.of(waiting) : objects.get(place.objectKey());
                });
    }

    private byte[] print(DepartureStore.Kept kept, boolean provisional) {
        Instant at = clock.instant();
        List<CertificateFacts.Act> acts = departures.acts(List.of(kept.id())).stream()
                .map(act -> views.act(act, Locale.FRENCH))
                .map(act -> new CertificateFacts.Act(
                        act.label(), act.state(), act.at(), act.detail(), act.attempts(), act.nextAttemptAt()))
                .toList();
        List<CertificateFacts.App> apps =
                appViews.of(List.of(kept.id()), Locale.FRENCH).getOrDefault(kept.id(), List.of()).stream()
                        .flatMap(app -> app.means().stream()
                                .map(one -> new CertificateFacts.App(
                                        app.label(),
                                        one.state(),
                                        !one.means().equals(DepartureAppViews.UNKNOWN),
                                        one.at(),
                                        one.detail(),
                                        one.attempts(),
                                        one.nextAttemptAt())))
                        .toList();
        DepartureStore.CapacityThen capacity = kept.capacity();
        OffsetDateTime from = capacity.from();
        CertificateFacts facts = new CertificateFacts(
                kept.id(),
                territory(),
                operator(),
                kept.personName(),
                kept.memberName(),
                kept.memberSiren(),
                String.valueOf(capacity.kind()),
                String.valueOf(capacity.function()),
                capacity.unit(),
                capacity.address(),
                from == null ? null : from.withOffsetSameInstant(ZoneOffset.UTC).toInstant(),
                kept.at(),
                kept.askedBy().name(),
                kept.askedAt(),
                kept.cause(),
                kept.reason(),
                successor(kept),
                kept.cutAt(),
                kept.completedAt(),
                kept.services().stream()
                        .map(id -> catalog.name(id).map(name -> name.fr()).orElse(id))
                        .toList(),
                acts,
                apps,
                provisional,
                at);
        return signer.sign(paper.print(facts), facts.territory(), REASON, at);
    }

    private static @Nullable String successor(DepartureStore.Kept kept) {
        if (kept.successorUsualName() != null) {
            return kept.successorGivenName() + " " + kept.successorUsualName();
        }
        return kept.successorUnitFullName();
    }

    private String territory() {
        return jdbc.sql("SELECT name FROM directory.v_territory")
                .query(String.class)
                .optional()
                .orElse(nameBefore);
    }

    private @Nullable String operator() {
        return jdbc.sql("SELECT name FROM directory.v_member WHERE is_operator")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
