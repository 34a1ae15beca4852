package org.entente.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.files.FileLinks.Link;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people without an account may do who come by a link, counted and told to the ledger. */
@Component
class LinkVisits {

    private final JdbcClient jdbc;
    private final LinkBook book;
    private final Sight sight;
    private final LinkPasswords passwords;

    LinkVisits(JdbcClient jdbc, LinkBook book, Sight sight, LinkPasswords passwords) {
        this.jdbc = jdbc;
        this.book = book;
        this.sight = sight;
        this.passwords = passwords;
    }

    /** What a link opens, at this moment. */
    record Opened(Link link, Visitor maker, FileNode node) {}

    /** What this secret opens, when it is in force; nothing says why it is not. */
    Optional<Opened> open(String secret) {
        return book.bySecret(secret)
                .flatMap(kept -> sight.find(kept.maker(), kept.link().node(), List.of())
                        .map(Rows.Seen::node)
                        .filter(node -> node.role().allows(SpaceRole.MANAGE) && book.inTime(kept.link()))
                        .map(node -> new Opened(kept.link(), kept.maker(), node)));
    }

    /** A link without a password is open to any. */
    boolean fits(UUID link, String password) {
        String hash = jdbc.sql("SELECT coalesce(password, '') FROM files.link WHERE id = ?")
                .param(link)
                .query(String.class)
                .optional()
                .orElse("");
        return hash.isEmpty() || (password.length() <= LinkBook.LONGEST && passwords.fits(password, hash));
    }

    /** Another one when the password is another: who proved the former has proved nothing. */
    String mark(UUID link) {
        return jdbc.sql("SELECT encode(sha256(coalesce(password, '')::bytea), 'hex') FROM files.link WHERE id = ?")
                .param(link)
                .query(String.class)
                .single();
    }

    /** A file or folder beneath what a link opens, or that itself. */
    Optional<FileNode> within(Opened opened, NodeId node) {
        return sight.find(opened.maker(), node, List.of())
                .map(Rows.Seen::node)
                .filter(found -> sight.trail(opened.maker(), node).stream()
                        .anyMatch(above -> above.id().equals(opened.node().id())));
    }

    /** Counts a file fetched; false when there were enough. */
    @Transactional
    public boolean fetch(Opened opened, FileNode file, @Nullable String address) {
        boolean left = jdbc.sql(
                                "UPDATE files.link SET used = used + 1 WHERE id = ? AND (downloads IS NULL OR used < downloads)")
                        .param(opened.link().id())
                        .update()
                == 1;
        if (left) {
            book.record(somebody(address), "file-link.fetched", file, Map.of());
        }
        return left;
    }

    /** That somebody came by a link, and put something there. */
    @Transactional
    public void tell(Opened opened, String act, FileNode node, @Nullable String address) {
        book.record(somebody(address), act, node, Map.of());
    }

    private static Author somebody(@Nullable String address) {
        return new Author(null, null, "file-link", address);
    }
}
