package org.entente.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How entries are chained: {@code hash = SHA-256(previous hash ‖ canonical bytes)}.
 *
 * <p>The canonical bytes are the fields in the order below, each as one byte 0 when it is NULL, else one byte 1, the length of its
 * UTF-8 bytes as four bytes big-endian, and those bytes. Numbers and times (microseconds since 1970) are decimal, UUIDs lower case
 * with hyphens, {@code before} and {@code after} the stored JSON text. Lengths make it impossible to move text from one field to
 * the next. This form is documented in docs/operators/ledger.md and never changes: a new one would get a new {@link #FORM}.
 */
final class Chain {

    static final String FORM = "entente-ledger-1";

    /** What {@link #next} reads from a row: every column of the entry. */
    static final String COLUMNS =
            "id, at, person, capacity, author, address, act, member, subject_type, subject, subject_label, before, after";

    private final MessageDigest sha256;
    private byte[] head;

    private Chain(byte[] head) {
        this.head = head;
        this.sha256 = newSha256();
    }

    /** An empty chain: its head is SHA-256 of the form and the ledger's id. */
    static Chain of(UUID ledger) {
        return new Chain(newSha256().digest((FORM + ":" + ledger).getBytes(US_ASCII)));
    }

    static Chain from(byte[] head) {
        return new Chain(head.clone());
    }

    byte[] head() {
        return head.clone();
    }

    /** Goes on from another head, such as the one that is stored where the computed one differs. */
    void continueFrom(byte[] stored) {
        head = stored.clone();
    }

    /** Takes the entry of this row in at {@code position}, and answers the new head. */
    byte[] next(long position, ResultSet row) throws SQLException {
        sha256.update(head);
        put(FORM);
        put(Long.toString(position));
        put(Long.toString(row.getLong("id")));
        put(Long.toString(micros(row.getObject("at", OffsetDateTime.class).toInstant())));
        put(row.getString("person"));
        put(row.getString("capacity"));
        put(row.getString("author"));
        put(row.getString("address"));
        put(row.getString("act"));
        put(row.getString("member"));
        put(row.getString("subject_type"));
        put(row.getString("subject"));
        put(row.getString("subject_label"));
        put(row.getString("before"));
        put(row.getString("after"));
        head = sha256.digest();
        return head();
    }

    private void put(@Nullable String field) {
        if (field == null) {
            sha256.update((byte) 0);
            return;
        }
        byte[] bytes = field.getBytes(UTF_8);
        sha256.update((byte) 1);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
