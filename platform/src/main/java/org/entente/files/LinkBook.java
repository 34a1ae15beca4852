package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps links, and says what one of them opens now. */
@Component
class LinkBook implements FileLinks {

    private static final int SHORTEST = 8;
    static final int LONGEST = 200;

    private static final String TOLD = """
            SELECT l.*, a.id AS capacity, a.person, a.member, p.given_name || ' ' || p.usual_name AS by_name
            FROM files.link l JOIN directory.v_affiliation a ON a.id = l.made_by JOIN directory.v_person p ON p.id = a.person\s""";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final ActBook acts;
    private final Ledger ledger;
    private final Clock clock;
    private final LinkPasswords passwords;

    LinkBook(JdbcClient jdbc, Sight sight, ActBook acts, Ledger ledger, Clock clock, LinkPasswords passwords) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.acts = acts;
        this.ledger = ledger;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** @param maker in whose name the link opens what it opens */
    record Kept(Link link, Visitor maker) {}

    @Override
    @Transactional
    public Made make(
            Visitor visitor,
            NodeId node,
            boolean upload,
            @Nullable String password,
            @Nullable Instant until,
            @Nullable Integer downloads,
            @Nullable Bound asked) {
        FileNode found = managed(visitor, node);
        demandFitting(found, upload, password, until);
        if (downloads != null && downloads < 1) {
            throw Refusal.invalidField("downloads", "file.link.downloads");
        }
        Bound bound = upload ? Objects.requireNonNullElse(asked, Bound.USUAL) : null;
        String secret = Secret.random();
        UUID id = jdbc.sql("""
                        INSERT INTO files.link (secret, node, upload, password, until, downloads, most_files, most_bytes, made_by, made_at)
                        VALUES (:secret, :node, :upload, :password::text, :until::timestamptz, :downloads::int, :files::int, :bytes::bigint, :by, :at) RETURNING id""")
                .param("secret", Secret.kept(secret))
                .param("node", node.value())
                .param("upload", upload)
                .param("password", password == null ? null : passwords.hash(password))
                .param("until", until == null ? null : Rows.at(until))
                .param("downloads", downloads)
                .param("files", bound == null ? null : bound.files())
                .param("bytes", bound == null ? null : bound.bytes())
                .param("by", visitor.capacity().value())
                .param("at", OffsetDateTime.now(clock))
                .query(UUID.class)
                .single();
        acts.add(visitor, node, Act.LINKED);
        record(visitor.author(), "file-link.made", found, Map.of("upload", upload));
        return new Made(link(visitor, node, id), "/l/" + secret);
    }

    private void demandFitting(FileNode node, boolean upload, @Nullable String password, @Nullable Instant until) {
        if (upload && !node.folder()) {
            throw Refusal.invalidField("upload", "file.link.upload");
        }
        if (password != null && (password.length() < SHORTEST || password.length() > LONGEST)) {
            throw Refusal.invalidField("password", "file.link.password", SHORTEST, LONGEST);
        }
        if (until != null && !until.isAfter(clock.instant())) {
            throw Refusal.invalidField("until", "file.share.past");
        }
    }

    @Override
    public List<Link> made(Visitor visitor) {
        return jdbc
                .sql(TOLD + "WHERE l.made_by = ? ORDER BY l.made_at DESC, l.id LIMIT 500")
                .param(visitor.capacity().value())
                .query((row, n) -> row(row))
                .list()
                .stream()
                .filter(kept -> manages(visitor, kept.link().node()))
                .map(this::standing)
                .toList();
    }

    @Override
    public Optional<Link> numbered(Visitor visitor, long number) {
        return kept(jdbc.sql(TOLD + "WHERE l.number = ?").param(number))
                .filter(kept -> manages(visitor, kept.link().node()))
                .map(this::standing);
    }

    private boolean manages(Visitor visitor, NodeId node) {
        return sight.find(visitor, node, List.of())
                .filter(seen -> seen.node().role().allows(SpaceRole.MANAGE))
                .isPresent();
    }

    @Override
    @Transactional
    public Link change(
            Visitor visitor, NodeId node, UUID id, boolean upload, @Nullable String password, @Nullable Instant until) {
        FileNode found = managed(visitor, node);
        Link before = link(visitor, node, id);
        // A day that was once given and is over need not be given anew.
        boolean sameEnd = until != null && until.equals(before.until());
        demandFitting(found, upload, password == null || password.isEmpty() ? null : password, sameEnd ? null : until);
        jdbc.sql("""
                        UPDATE files.link SET upload = :upload, until = :until::timestamptz,
                            most_files = CASE WHEN :upload THEN coalesce(most_files, :files) END,
                            most_bytes = CASE WHEN :upload THEN coalesce(most_bytes, :bytes) END,
                            password = CASE WHEN :keep THEN password ELSE :password::text END WHERE id = :id""")
                .param("upload", upload)
                .param("files", Bound.USUAL.files())
                .param("bytes", Bound.USUAL.bytes())
                .param("until", until == null ? null : Rows.at(until))
                .param("keep", password == null)
                .param("password", password == null || password.isEmpty() ? null : passwords.hash(password))
                .param("id", before.id())
                .update();
        record(
                visitor.author(),
                "file-link.changed",
                found,
                Map.of("upload", upload, "until", until == null ? "" : until.toString(), "password", password != null));
        return link(visitor, node, id);
    }

    @Override
    public List<Link> of(Visitor visitor, NodeId node) {
        managed(visitor, node);
        return jdbc
                .sql(TOLD + "WHERE l.node = ? ORDER BY l.made_at DESC, l.id")
                .param(node.value())
                .query((row, n) -> row(row))
                .list()
                .stream()
                .map(this::standing)
                .toList();
    }

    @Override
    @Transactional
    public Link takeOver(Visitor visitor, NodeId node, UUID id) {
        FileNode found = managed(visitor, node);
        Link link = link(visitor, node, id);
        jdbc.sql("UPDATE files.link SET made_by = ? WHERE id = ?")
                .params(visitor.capacity().value(), link.id())
                .update();
        record(visitor.author(), "file-link.taken-over", found, Map.of());
        return link(visitor, node, id);
    }

    @Override
    @Transactional
    public void end(Visitor visitor, NodeId node, UUID id) {
        FileNode found = managed(visitor, node);
        link(visitor, node, id);
        jdbc.sql("DELETE FROM files.link WHERE id = ?").param(id).update();
        acts.add(visitor, node, Act.UNLINKED);
        record(visitor.author(), "file-link.ended", found, Map.of());
    }

    /** Whether it is in force is not said. */
    Optional<Kept> bySecret(String secret) {
        return kept(jdbc.sql(TOLD + "WHERE l.secret = ?").param(Secret.kept(secret)));
    }

    private FileNode managed(Visitor visitor, NodeId node) {
        return Sight.allowed(sight.seen(visitor, node), SpaceRole.MANAGE).node();
    }

    private Link link(Visitor visitor, NodeId node, UUID id) {
        return kept(jdbc.sql(TOLD + "WHERE l.id = ? AND l.node = ?").params(id, node.value()))
                .map(this::standing)
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
    }

    private Link standing(Kept kept) {
        Link link = kept.link();
        boolean inForce = inTime(link)
                && sight.find(kept.maker(), link.node(), List.of())
                        .filter(seen -> seen.node().role().allows(SpaceRole.MANAGE))
                        .isPresent();
        return new Link(
                link.id(),
                link.number(),
                link.node(),
                link.upload(),
                link.password(),
                link.until(),
                link.downloads(),
                link.used(),
                link.bound(),
                link.filesPut(),
                link.bytesPut(),
                link.by(),
                link.maker(),
                link.madeAt(),
                inForce);
    }

    boolean inTime(Link link) {
        return (link.until() == null || link.until().isAfter(clock.instant()))
                && (link.downloads() == null || link.used() < link.downloads());
    }

    private Optional<Kept> kept(JdbcClient.StatementSpec statement) {
        return statement.query((row, n) -> row(row)).optional();
    }

    private static Kept row(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        Link link = new Link(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                new NodeId(row.getObject("node", UUID.class)),
                row.getBoolean("upload"),
                row.getString("password") != null,
                until == null ? null : until.toInstant(),
                row.getObject("downloads", Integer.class),
                row.getInt("used"),
                row.getBoolean("upload") ? new Bound(row.getInt("most_files"), row.getLong("most_bytes")) : null,
                row.getInt("put_files"),
                row.getLong("put_bytes"),
                row.getString("by_name"),
                row.getObject("made_by", UUID.class),
                Rows.instant(row, "made_at"),
                true);
        Visitor maker = new Visitor(
                new PersonId(row.getObject("person", UUID.class)),
                new AffiliationId(row.getObject("capacity", UUID.class)),
                new MemberId(row.getObject("member", UUID.class)),
                row.getString("by_name"),
                null,
                Set.of());
        return new Kept(link, maker);
    }

    void record(Author author, String act, FileNode node, Map<String, Object> after) {
        UUID member = jdbc.sql("SELECT member FROM files.space WHERE id = ?")
                .param(node.space().value())
                .query(UUID.class)
                .single();
        ledger.record(new Entry(author, act, member, "file", node.id().toString(), node.name(), Map.of(), after));
    }
}
