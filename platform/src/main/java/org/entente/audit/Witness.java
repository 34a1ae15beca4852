package org.entente.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What is known of the chain outside the database, in the folder {@code ledger} of the data folder: {@code head}, the last head
 * this node sealed, and {@code anchors}, one line an anchor. Whoever cuts the end off the tables has these against them.
 */
@Component
class Witness {

    private static final Logger log = LoggerFactory.getLogger(Witness.class);

    /** One head, as it was once. */
    record Seen(
            UUID ledger,
            long position,
            byte[] hash,
            Instant at,
            @Nullable String keyId,
            byte @Nullable [] signature) {

        String line() {
            HexFormat hex = HexFormat.of();
            return ledger + " " + position + " " + hex.formatHex(hash) + " " + at + " " + (keyId == null ? "-" : keyId)
                    + " " + (signature == null ? "-" : hex.formatHex(signature));
        }

        static Seen parse(String line) {
            String[] part = line.split(" ", -1);
            if (part.length != 6) {
                throw new IllegalArgumentException("six fields are expected");
            }
            HexFormat hex = HexFormat.of();
            return new Seen(
                    UUID.fromString(part[0]),
                    Long.parseLong(part[1]),
                    hex.parseHex(part[2]),
                    Instant.parse(part[3]),
                    part[4].equals("-") ? null : part[4],
                    part[5].equals("-") ? null : hex.parseHex(part[5]));
        }
    }

    private final Path head;
    private final Path anchors;

    Witness(@Value("${entente.data}") Path data) {
        this.head = data.resolve("ledger").resolve("head");
        this.anchors = data.resolve("ledger").resolve("anchors");
    }

    /** Notes a new head. A head of another ledger, or behind the noted one, is never written over: the verifier will ask why. */
    synchronized void saw(Sealer.Head now) {
        try {
            List<Seen> noted = head();
            if (!noted.isEmpty()
                    && (!noted.getFirst().ledger().equals(now.ledger())
                            || noted.getFirst().position() > now.position())) {
                log.error(
                        "The ledger is behind what this node has seen (position {}); run audit-verify", now.position());
                return;
            }
            Files.createDirectories(head.getParent());
            Path next = head.resolveSibling("head.next");
            Files.writeString(
                    next, new Seen(now.ledger(), now.position(), now.hash(), Instant.EPOCH, null, null).line() + "\n");
            Files.move(next, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | IllegalArgumentException e) {
            log.error("The head of the ledger could not be noted in {}: {}", head, e.toString());
        }
    }

    synchronized void anchored(Seen anchor) throws IOException {
        Files.createDirectories(anchors.getParent());
        Files.writeString(
                anchors,
                anchor.line() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
    }

    /** The head this node noted last, when there is one. */
    List<Seen> head() throws IOException {
        return read(head);
    }

    List<Seen> anchors() throws IOException {
        return read(anchors);
    }

    private static List<Seen> read(Path file) throws IOException {
        List<Seen> seen = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                seen.add(Seen.parse(line));
            }
        }
        return seen;
    }
}
