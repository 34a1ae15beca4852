package org.entente.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.jspecify.annotations.Nullable;

/** How rows become what the door shows. */
final class Rows {

    private static final SpaceRole[] BY_RANK = {SpaceRole.READ, SpaceRole.EDIT, SpaceRole.MANAGE};

    private Rows() {}

    /**
     * A row of {@code files.node}, and what this visitor may do with it.
     *
     * @param keys by which the visitor is known
     * @param member whose space it is in
     * @param locks whether anybody has locked anything in that space
     */
    record Seen(FileNode node, long seq, long treeSeq, String sorted, String[] keys, MemberId member, boolean locks) {

        @Nullable
        ContentId content() {
            return node.content();
        }
    }

    /** Columns of {@code files.node n}, with {@code rank}. */
    static FileNode node(ResultSet row) throws SQLException {
        boolean folder = row.getBoolean("folder");
        UUID id = row.getObject("id", UUID.class);
        UUID parent = row.getObject("parent", UUID.class);
        byte[] sha256 = row.getBytes("sha256");
        UUID content = row.getObject("content", UUID.class);
        return new FileNode(
                new NodeId(id),
                new SpaceId(row.getObject("space", UUID.class)),
                parent == null ? null : new NodeId(parent),
                parent == null ? "" : row.getString("name"),
                folder,
                row.getLong("size"),
                sha256 == null ? null : HexFormat.of().formatHex(sha256),
                row.getString("media_type"),
                content == null ? null : new ContentId(content),
                instant(row, "made_at"),
                instant(row, "modified_at"),
                instant(row, "changed_at"),
                new AffiliationId(row.getObject("changed_by", UUID.class)),
                Long.toHexString(id.getLeastSignificantBits()) + "-" + Long.toString(row.getLong("tree_seq"), 36),
                BY_RANK[row.getInt("rank") - 1]);
    }

    static int rank(SpaceRole role) {
        return List.of(BY_RANK).indexOf(role) + 1;
    }

    static Seen seen(ResultSet row, String[] keys) throws SQLException {
        return new Seen(
                node(row),
                row.getLong("seq"),
                row.getLong("tree_seq"),
                row.getString("sorted"),
                keys,
                new MemberId(row.getObject("member", UUID.class)),
                row.getBoolean("locks"));
    }

    static FileSpace space(ResultSet row) throws SQLException {
        return new FileSpace(
                new SpaceId(row.getObject("id", UUID.class)),
                FileSpace.Kind.of(row.getString("kind")),
                row.getString("shown"),
                new MemberId(row.getObject("member", UUID.class)),
                row.getString("member_name"),
                BY_RANK[row.getInt("rank") - 1],
                new NodeId(row.getObject("root", UUID.class)),
                row.getLong("used"),
                row.getObject("allowed", Long.class),
                row.getLong("seq"),
                instant(row, "changed_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
