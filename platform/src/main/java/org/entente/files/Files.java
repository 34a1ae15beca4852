package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.entente.directory.MemberId;
import org.entente.reading.TextState;
import org.entente.storage.Kept;
import org.entente.storage.Small;
import org.jspecify.annotations.Nullable;

/**
 * The trees of files, as one visitor may see and change them. Whatever a visitor may not see does not exist for them ({@code NOT_FOUND}); what they
 * may see and not change is {@code FORBIDDEN}. Refusals of their own kind have the codes named at the methods; nothing is changed by any of them.
 *
 * <p>Names are compared in Unicode's NFC, capitals matter. All writing is whole or not at all, and takes its turn in its space.
 */
public interface Files {

    /** What this visitor finds at the top: their own space first (made at the first look), then units', members', shared and handed ones by name. */
    List<FileSpace> spaces(Visitor visitor);

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown} */
    FileSpace space(Visitor visitor, SpaceId space);

    /** Folders and files of other people's spaces that were shared with this visitor. */
    List<FileNode> sharedWith(Visitor visitor);

    /** @param path names from {@code folder} downwards; empty for the folder itself */
    Optional<FileNode> find(Visitor visitor, NodeId folder, List<String> path);

    /** @throws org.entente.base.Refusal NOT_FOUND {@code file.unknown} */
    FileNode node(Visitor visitor, NodeId node);

    /** Those with this {@link NodeId#number} that this visitor sees: none or one, rarely more. */
    List<FileNode> numbered(Visitor visitor, long number);

    /** From the root of its space to {@code node} itself, as far up as this visitor may see. */
    List<FileNode> trail(Visitor visitor, NodeId node);

    /** As {@link #trail} of each of these that this visitor sees: where what they see begins, and the names from there down to it. */
    Map<NodeId, Way> ways(Visitor visitor, Set<NodeId> nodes);

    /** @param names without that of {@code top} */
    record Way(NodeId top, List<String> names) {}

    /**
     * One page of a folder: folders first, then by name, accents and capitals apart.
     *
     * @param after the last of the page before; null for the first
     */
    List<FileNode> children(Visitor visitor, NodeId folder, @Nullable FileNode after, int limit);

    /** All of a folder, as it is read from the database: folders of any size in the memory of one row. */
    void eachChild(Visitor visitor, NodeId folder, Consumer<FileNode> each);

    /** All beneath a folder, parents before their children; {@code path} from the folder. At most {@code limit}, else TOO_LARGE {@code file.deep}. */
    void eachBeneath(Visitor visitor, NodeId folder, int limit, Consumer<Changes.At> each);

    /**
     * @param since 0 for everything
     * @param deep beneath, or only directly in the folder
     * @throws org.entente.base.Refusal CONFLICT {@code file.forgotten} when that number is too old to tell what has gone since, or not one of this space
     */
    Changes changes(Visitor visitor, NodeId folder, long since, boolean deep, int limit);

    /** @throws org.entente.base.Refusal CONFLICT {@code file.exists}, INVALID {@code file.name…} */
    FileNode makeFolder(Visitor visitor, NodeId parent, String name);

    /**
     * Writes a file: a new one, or new content of the one that has this name there, whose former content becomes a version of it. Durable when this returns.
     *
     * @throws org.entente.base.Refusal CONFLICT {@code file.changed} when {@link Writing#onlyIf} does not hold, {@code file.is-folder}, {@code file.locked};
     *     TOO_LARGE {@code file.quota}; INVALID {@code file.checksum}, {@code file.name…}
     */
    FileNode write(Visitor visitor, NodeId parent, String name, InputStream bytes, Writing how) throws IOException;

    /**
     * As {@link #write}, of a file that is named by its way from a node.
     *
     * @param path at least a name; the folders before it are there, else NOT_FOUND {@code file.unknown}
     */
    Put put(Visitor visitor, NodeId from, List<String> path, InputStream bytes, Writing how) throws IOException;

    /** As the other, of few bytes: with others that are put into the same folder at the same moment. */
    Put put(Visitor visitor, NodeId from, List<String> path, Small bytes, Writing how);

    /** @param made whether nothing had that name there before */
    record Put(FileNode file, boolean made) {}

    /** As the other, of bytes that the room storage keeps already for the member of that space: an upload that came in parts. */
    FileNode write(Visitor visitor, NodeId parent, String name, Kept kept, Writing how);

    /** With whose keys what is written into this folder, or in place of this file, is to be kept, and how many bytes there is room for; for uploads that come in parts. */
    Room room(Visitor visitor, NodeId node);

    /** @param bytes that fit; {@link Long#MAX_VALUE} for no limit */
    record Room(MemberId member, long bytes) {}

    /** The member with whom this space is. */
    MemberId member(SpaceId space);

    /**
     * Files and folders of this visitor's spaces, and of what was shared with them: first those whose name holds every one of these words or beginnings of words,
     * then files that say every one of these words, whatever its ending. The last changed come first.
     *
     * @param beneath null for everywhere
     * @param after {@link Found#next} of the page before; null for the first
     */
    Found search(Visitor visitor, String words, @Nullable NodeId beneath, @Nullable String after, int limit);

    /** As {@link #search}, by name only and all at once; folders first. */
    List<FileNode> named(Visitor visitor, String words, @Nullable NodeId beneath, int limit);

    /**
     * Files that are of these types and of that time, the last modified first.
     *
     * @throws org.entente.base.Refusal UNAVAILABLE {@code file.search.long} when there is too much to look through
     */
    List<FileNode> choose(Visitor visitor, Chosen asked);

    /** How far the reading of what this file says is. */
    TextState text(Visitor visitor, NodeId file);

    /** The content that the visitor of this request was shown a moment ago, whatever was written since: rights are not looked at again. */
    InputStream read(FileNode seen, long from, long length);

    /**
     * @param from the first byte
     * @param length how many bytes; never more than there are
     */
    InputStream read(Visitor visitor, NodeId file, long from, long length);

    /**
     * Moves or renames, whatever is beneath it.
     *
     * @param overwrite whether what has that name there is thrown away first; otherwise CONFLICT {@code file.exists}
     * @throws org.entente.base.Refusal CONFLICT {@code file.into-itself}, {@code file.locked}
     */
    FileNode move(Visitor visitor, NodeId node, NodeId parent, String name, boolean overwrite);

    /** As {@link #move}; {@code deep} with what is beneath it. */
    FileNode copy(Visitor visitor, NodeId node, NodeId parent, String name, boolean overwrite, boolean deep);

    /** Sets when a file was modified, as its owner's program says. */
    FileNode touch(Visitor visitor, NodeId node, Instant modifiedAt);

    /** Throws away: to the bin of its space, with whatever is beneath it. */
    void trash(Visitor visitor, Collection<NodeId> nodes);
}
