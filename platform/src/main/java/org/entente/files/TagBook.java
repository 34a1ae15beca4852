package org.entente.files;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.MemberId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the words by which files are sorted. They are those of the member that keeps the file: its people who may change the file choose among them, and
 * add to them; others who may change it choose among those that are used in the space already. Its administrators call one otherwise or take it away.
 */
@Component
class TagBook implements FileTags {

    static final int LONGEST = 40;
    private static final int MOST_OF_A_FILE = 20;
    private static final int MOST_OF_A_MEMBER = 500;

    private static final String USED =
            "EXISTS (SELECT FROM files.node_tag x JOIN files.node n ON n.id = x.node WHERE x.tag = t.id AND n.space = :space)";

    private final JdbcClient jdbc;
    private final Sight sight;
    private final Ledger ledger;
    private final Clock clock;

    TagBook(JdbcClient jdbc, Sight sight, Ledger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.sight = sight;
        this.ledger = ledger;
        this.clock = clock;
    }

    record Tag(UUID id, String name) {}

    /** @param files how many files and folders have it, those in the bin too */
    record Kept(UUID id, String name, int files) {}

    @Override
    public Map<NodeId, List<String>> names(Collection<NodeId> nodes) {
        Map<NodeId, List<String>> names = new HashMap<>();
        of(nodes)
                .forEach((node, tags) ->
                        names.put(node, tags.stream().map(Tag::name).toList()));
        return names;
    }

    /** By name; nodes without any are not told. */
    Map<NodeId, List<Tag>> of(Collection<NodeId> nodes) {
        Map<NodeId, List<Tag>> all = new HashMap<>();
        if (!nodes.isEmpty()) {
            jdbc.sql("""
                            SELECT x.node, t.id, t.name FROM unnest(:nodes::uuid[]) AS asked (id) JOIN files.node_tag x ON x.node = asked.id
                            JOIN files.tag t ON t.id = x.tag ORDER BY lower(t.name)""")
                    .param("nodes", nodes.stream().map(NodeId::value).toArray(UUID[]::new))
                    .query(row -> {
                        all.computeIfAbsent(
                                        new NodeId(row.getObject("node", UUID.class)),
                                        node -> new java.util.ArrayList<>())
                                .add(new Tag(row.getObject("id", UUID.class), row.getString("name")));
                    });
        }
        return all;
    }

    /** What there is to choose from, for whoever may change the node. */
    List<Tag> choices(Visitor visitor, NodeId node) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT).node();
        MemberId member = member(found);
        return jdbc.sql("SELECT t.id, t.name FROM files.tag t WHERE t.member = :member AND (:own OR " + USED
                        + ") ORDER BY lower(t.name)")
                .param("member", member.value())
                .param("own", own(visitor, member))
                .param("space", found.space().value())
                .query(Tag.class)
                .list();
    }

    private boolean own(Visitor visitor, MemberId member) {
        return List.of(sight.keys(visitor)).contains("m:" + member.value());
    }

    /** Says the same of what the member has elsewhere and of what it does not have. */
    private void demandUsed(FileNode node, MemberId member, String[] names) {
        if (jdbc.sql("""
                        SELECT EXISTS (SELECT FROM unnest(:names::text[]) AS n (name) WHERE NOT EXISTS (
                            SELECT FROM files.tag t WHERE t.member = :member AND lower(t.name) = lower(n.name) AND %s))""".formatted(USED))
                .param("names", names)
                .param("member", member.value())
                .param("space", node.space().value())
                .query(Boolean.class)
                .single()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.tag.others");
        }
    }

    /**
     * Gives the node these and no others; a name that is not among the member's yet is added to them, if its people ask.
     *
     * @throws Refusal FORBIDDEN {@code file.tag.others}; INVALID {@code file.tag.name}; TOO_MANY {@code file.tag.many}, {@code file.tag.many-of-member}
     */
    @Transactional
    public List<Tag> set(Visitor visitor, NodeId node, Collection<String> asked) {
        FileNode found =
                Sight.allowed(sight.seen(visitor, node), SpaceRole.EDIT).node();
        Map<String, String> names = new LinkedHashMap<>();
        asked.stream()
                .map(TagBook::checked)
                .forEach(name -> names.putIfAbsent(name.toLowerCase(java.util.Locale.ROOT), name));
        if (names.size() > MOST_OF_A_FILE) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.tag.many", MOST_OF_A_FILE);
        }
        MemberId member = member(found);
        String[] wanted = names.values().toArray(String[]::new);
        if (own(visitor, member)) {
            add(visitor, member, wanted);
        } else {
            demandUsed(found, member, wanted);
        }
        jdbc.sql("""
                        WITH wanted AS (SELECT t.id FROM files.tag t JOIN unnest(:names::text[]) AS n (name) ON lower(t.name) = lower(n.name) WHERE t.member = :member),
                        gone AS (DELETE FROM files.node_tag x WHERE x.node = :node AND x.tag NOT IN (SELECT id FROM wanted))
                        INSERT INTO files.node_tag (node, tag) SELECT :node, id FROM wanted ON CONFLICT DO NOTHING""")
                .param("node", node.value())
                .param("names", wanted)
                .param("member", member.value())
                .update();
        return of(List.of(node)).getOrDefault(node, List.of());
    }

    private void add(Visitor visitor, MemberId member, String[] names) {
        List<Tag> made = jdbc.sql("""
                        INSERT INTO files.tag (member, name, made_at)
                        SELECT DISTINCT ON (lower(name)) :member, name, :at FROM unnest(:names::text[]) AS n (name) ORDER BY lower(name)
                        ON CONFLICT (member, lower(name)) DO NOTHING RETURNING id, name""")
                .param("member", member.value())
                .param("names", names)
                .param("at", OffsetDateTime.now(clock))
                .query(Tag.class)
                .list();
        if (made.isEmpty()) {
            return;
        }
        if (jdbc.sql("SELECT count(*) FROM files.tag WHERE member = ?")
                        .param(member.value())
                        .query(Integer.class)
                        .single()
                > MOST_OF_A_MEMBER) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.tag.many-of-member", MOST_OF_A_MEMBER);
        }
        made.forEach(
                tag -> record(visitor.author(), "file-tag.made", member, tag.id(), tag.name(), Map.of(), Map.of()));
    }

    List<Kept> of(MemberId member) {
        return jdbc.sql("""
                        SELECT t.id, t.name, (SELECT count(*) FROM files.node_tag x WHERE x.tag = t.id)::int AS files
                        FROM files.tag t WHERE t.member = ? ORDER BY lower(t.name)""").param(member.value()).query(Kept.class).list();
    }

    @Transactional
    public void rename(Author author, MemberId member, UUID id, String asked) {
        String name = checked(asked);
        String former = name(member, id);
        try {
            jdbc.sql("UPDATE files.tag SET name = ? WHERE id = ? AND member = ?")
                    .params(name, id, member.value())
                    .update();
        } catch (DuplicateKeyException there) {
            throw Refusal.conflict("file.tag.there", name);
        }
        record(author, "file-tag.renamed", member, id, name, Map.of("name", former), Map.of("name", name));
    }

    @Transactional
    public void remove(Author author, MemberId member, UUID id) {
        String name = name(member, id);
        jdbc.sql("DELETE FROM files.tag WHERE id = ? AND member = ?")
                .params(id, member.value())
                .update();
        record(author, "file-tag.removed", member, id, name, Map.of("name", name), Map.of());
    }

    private String name(MemberId member, UUID id) {
        Optional<String> name = jdbc.sql("SELECT name FROM files.tag WHERE id = ? AND member = ?")
                .params(id, member.value())
                .query(String.class)
                .optional();
        return name.orElseThrow(() -> Refusal.notFound("file.tag.gone"));
    }

    private MemberId member(FileNode node) {
        return new MemberId(jdbc.sql("SELECT member FROM files.space WHERE id = ?")
                .param(node.space().value())
                .query(UUID.class)
                .single());
    }

    private static String checked(String asked) {
        String name = PlainWords.line(asked);
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST) {
            throw Refusal.invalidField("name", "file.tag.name", LONGEST);
        }
        return name;
    }

    private void record(
            Author author,
            String act,
            MemberId member,
            UUID tag,
            String name,
            Map<String, Object> before,
            Map<String, Object> after) {
        ledger.record(new Entry(author, act, member.value(), "file-tag", tag.toString(), name, before, after));
    }
}
