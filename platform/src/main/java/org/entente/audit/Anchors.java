package org.entente.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.entente.audit.Witness.Seen;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Once a day, keeps the head of the chain in the database and outside of it, signed when there is a key. */
@Component
class Anchors {

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final Witness witness;
    private final ObjectProvider<AnchorSigner> signer;
    private final Clock clock;

    Anchors(JdbcClient jdbc, Sealer sealer, Witness witness, ObjectProvider<AnchorSigner> signer, Clock clock) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.witness = witness;
        this.signer = signer;
        this.clock = clock;
    }

    @Scheduled(cron = "${entente.ledger.anchor-cron:0 5 2 * * *}", zone = "${entente.territory.zone:Europe/Paris}")
    @SchedulerLock(name = "ledger-anchor", lockAtMostFor = "PT10M")
    public void anchor() {
        sealer.seal();
        Sealer.Head head = sealer.head();
        if (head.position() == 0 || isKept(head.position())) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Seen unsigned = new Seen(head.ledger(), head.position(), head.hash(), now, null, null);
        AnchorSigner key = signer.getIfAvailable();
        Seen anchor = key == null
                ? unsigned
                : new Seen(
                        head.ledger(), head.position(), head.hash(), now, key.keyId(), key.sign(statement(unsigned)));
        try {
            witness.anchored(anchor);
        } catch (IOException e) {
            throw new UncheckedIOException("The anchor of the ledger could not be kept outside the database", e);
        }
        jdbc.sql("INSERT INTO audit.anchor (position, hash, at, key_id, signature)"
                        + " VALUES (:position, :hash, :at, :keyId, :signature)")
                .param("position", anchor.position())
                .param("hash", anchor.hash())
                .param("at", OffsetDateTime.ofInstant(anchor.at(), ZoneOffset.UTC))
                .param("keyId", anchor.keyId())
                .param("signature", anchor.signature())
                .update();
    }

    List<Seen> inDatabase() {
        return jdbc.sql("SELECT l.id, a.* FROM audit.anchor a, audit.ledger l ORDER BY a.position")
                .query((row, n) -> new Seen(
                        row.getObject("id", java.util.UUID.class),
                        row.getLong("position"),
                        row.getBytes("hash"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("key_id"),
                        row.getBytes("signature")))
                .list();
    }

    /** Whether the signature of this anchor is good; without a key here nothing can be said against it. */
    boolean genuine(Seen anchor) {
        AnchorSigner key = signer.getIfAvailable();
        return key == null
                || anchor.keyId() == null
                || anchor.signature() == null
                || key.verify(anchor.keyId(), statement(anchor), anchor.signature());
    }

    private boolean isKept(long position) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM audit.anchor WHERE position = :position)")
                .param("position", position)
                .query(Boolean.class)
                .single();
    }

    private static byte[] statement(Seen anchor) {
        return ("entente-ledger-anchor-1:" + anchor.ledger() + " " + anchor.position() + " "
                        + HexFormat.of().formatHex(anchor.hash()) + " " + Chain.micros(anchor.at()))
                .getBytes(US_ASCII);
    }
}
