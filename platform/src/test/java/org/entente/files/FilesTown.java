package org.entente.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.directory.UnitId;
import org.entente.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Members that have subscribed to files, and people of theirs who come for them. */
@TestComponent
@Import(Town.class)
public class FilesTown {

    private final Town town;
    private final JdbcClient jdbc;
    private final Files files;

    FilesTown(Town town, JdbcClient jdbc, Files files) {
        this.town = town;
        this.jdbc = jdbc;
        this.files = files;
    }

    /** A member all of whose people may use files. */
    public MemberId member(String name) {
        MemberId member = town.member(name);
        UUID subscription = jdbc.sql(
                        "INSERT INTO access.subscription (member, service, since) VALUES (?, 'files', now()) RETURNING id")
                .param(member.value())
                .query(UUID.class)
                .single();
        jdbc.sql(
                        "INSERT INTO access.population (subscription, position, role, kinds, units, groups) VALUES (?, 0, 'user', '{}', '{}', '{}')")
                .param(subscription)
                .update();
        return member;
    }

    public UnitId unit(MemberId member, String name, @Nullable UnitId above) {
        return town.unit(member, name, above);
    }

    public Visitor agent(MemberId member, String name, @Nullable UnitId unit, String... groups) {
        return joins(town.person(name, "Essai"), member, name, "agent", unit, groups);
    }

    public Visitor partner(MemberId member, String name) {
        return joins(town.person(name, "Essai"), member, name, "partner", null);
    }

    /** One more capacity of a person. */
    public Visitor also(Visitor visitor, MemberId member) {
        return joins(visitor.person(), member, visitor.name(), "elu", null);
    }

    private Visitor joins(
            PersonId person, MemberId member, String name, String kind, @Nullable UnitId unit, String... groups) {
        AffiliationId capacity = town.joins(person, member, kind, unit, groups);
        return new Visitor(person, capacity, member, name + " Essai", null, Set.of());
    }

    public void ends(Visitor visitor) {
        town.ends(visitor.capacity(), "manual");
    }

    public FileSpace space(Visitor visitor, FileSpace.Kind kind) {
        return files.spaces(visitor).stream()
                .filter(space -> space.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** The root of what is this visitor's own. */
    public NodeId home(Visitor visitor) {
        return space(visitor, FileSpace.Kind.MINE).root();
    }

    public FileNode write(Visitor visitor, NodeId folder, String name, String text) throws IOException {
        return files.write(visitor, folder, name, bytes(text), Writing.PLAIN);
    }

    public String read(Visitor visitor, FileNode file) throws IOException {
        try (var in = files.read(visitor, file.id(), 0, Long.MAX_VALUE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public List<String> names(Visitor visitor, NodeId folder) {
        return files.children(visitor, folder, null, 1000).stream()
                .map(FileNode::name)
                .toList();
    }

    public void share(NodeId node, String toKey, SpaceRole role) {
        jdbc.sql("INSERT INTO files.share (node, to_key, role) VALUES (?, ?, ?)")
                .params(node.value(), toKey, role.code())
                .update();
    }

    static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
