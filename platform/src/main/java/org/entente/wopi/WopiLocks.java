package org.entente.wopi;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.files.FileLock;
import org.entente.files.FileLocks;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The locks of office servers: locks of the room files, as WebDAV's are, under the names that the server gives them. All who write one document together
 * say the same name, and are let in by it whoever of them took the lock.
 */
@Component
class WopiLocks {

    /** [MS-WOPI] 3.3.5.1.3 */
    static final Duration LASTING = Duration.ofMinutes(30);

    /** What others see of who holds it. */
    private static final String OWNER = "WOPI";

    private final FileLocks locks;
    private final Files files;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    WopiLocks(FileLocks locks, Files files, JdbcClient jdbc, TransactionOperations transaction) {
        this.locks = locks;
        this.files = files;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param name null: held by somebody with another program */
    record Held(UUID token, @Nullable String name) {

        boolean is(@Nullable String asked) {
            return name != null && name.equals(asked);
        }
    }

    /** It is held under another name, or by another program, or not at all: said as {@code current}. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Held current;

        Mismatch(@Nullable Held current) {
            this.current = current;
        }

        @Nullable
        Held current() {
            return current;
        }
    }

    Optional<Held> on(Visitor visitor, NodeId node) {
        List<FileLock> all = locks.on(visitor, node);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, String> names = jdbc
                .sql(
                        "SELECT l.token, l.name FROM unnest(:tokens::uuid[]) AS asked (token) JOIN wopi.lock l ON l.token = asked.token")
                .param("tokens", all.stream().map(FileLock::token).toArray(UUID[]::new))
                .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        UUID first = all.getFirst().token();
        return Optional.of(new Held(first, names.get(first)));
    }

    /** Takes it, or holds it for longer. */
    void lock(Visitor visitor, NodeId node, String name) {
        Optional<Held> held = on(visitor, node);
        if (held.isEmpty()) {
            try {
                transaction.executeWithoutResult(status -> take(visitor, node, name));
                return;
            } catch (Refusal refusal) {
                if (!refusal.code().equals("file.locked")) {
                    throw refusal;
                }
                held = on(visitor, node); // somebody was faster: perhaps another of the same document
            }
        }
        refresh(visitor, node, mine(held, name));
    }

    void refresh(Visitor visitor, NodeId node, String name) {
        refresh(visitor, node, mine(on(visitor, node), name));
    }

    void unlock(Visitor visitor, NodeId node, String name) {
        UUID token = mine(on(visitor, node), name);
        transaction.executeWithoutResult(status -> {
            locks.unlock(visitor.together(token), node, token);
            forget(token);
        });
    }

    /** In one step: nobody comes in between. */
    void relock(Visitor visitor, NodeId node, String former, String name) {
        UUID token = mine(on(visitor, node), former);
        transaction.executeWithoutResult(status -> {
            locks.refresh(visitor.together(token), node, token, LASTING);
            jdbc.sql("UPDATE wopi.lock SET name = ? WHERE token = ?")
                    .params(name, token)
                    .update();
        });
    }

    /** Renames what is locked, or not; a lock stays with it, though moving ends one. */
    FileNode rename(Visitor visitor, FileNode file, NodeId folder, String name, Optional<Held> held) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            Visitor holding = held.map(lock -> visitor.together(lock.token())).orElse(visitor);
            FileNode moved = files.move(holding, file.id(), folder, name, false);
            held.filter(lock -> on(visitor, moved.id()).isEmpty()).ifPresent(lock -> {
                forget(lock.token());
                take(visitor, moved.id(), String.valueOf(lock.name()));
            });
            return moved;
        }));
    }

    private void take(Visitor visitor, NodeId node, String name) {
        FileLock lock = locks.lock(visitor, node, true, false, OWNER, LASTING);
        jdbc.sql("INSERT INTO wopi.lock (token, node, name, expires_at) VALUES (?, ?, ?, ?)")
                .params(lock.token(), node.value(), name, at(lock))
                .update();
    }

    private void refresh(Visitor visitor, NodeId node, UUID token) {
        transaction.executeWithoutResult(status -> {
            FileLock lock = locks.refresh(visitor.together(token), node, token, LASTING);
            jdbc.sql("UPDATE wopi.lock SET expires_at = ? WHERE token = ?")
                    .params(at(lock), token)
                    .update();
        });
    }

    private void forget(UUID token) {
        jdbc.sql("DELETE FROM wopi.lock WHERE token = ?").param(token).update();
    }

    private static UUID mine(Optional<Held> held, String name) {
        return held.filter(lock -> lock.is(name))
                .orElseThrow(() -> new Mismatch(held.orElse(null)))
                .token();
    }

    private static OffsetDateTime at(FileLock lock) {
        return lock.expiresAt().atOffset(ZoneOffset.UTC);
    }
}
