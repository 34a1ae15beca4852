package org.entente.scanning;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.entente.audit.Author;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;
import org.jspecify.annotations.Nullable;

/** The door: contents to be scanned, and what an administrator says of one that was found. Published to SQL as {@code scanning.v_content}. */
public interface Scans {

    /** Whether there may be a content that is withheld, or whose scan matters to whoever looks at it. */
    boolean matter();

    /**
     * Says, in the transaction that refers to them, that these contents of a member are to be scanned at once. One that is known already stays as it is; one that nobody
     * asked for is scanned when it is first opened, or when its turn comes. Nothing happens where there is no antivirus.
     */
    void want(MemberId member, Collection<Wanted> contents);

    /** @param size in bytes */
    record Wanted(ContentId content, long size) {}

    /**
     * Says, in the caller's transaction, that what was found in a content of this member is no virus: it is served from now on.
     *
     * @return what was found in it
     * @throws org.entente.base.Refusal {@code NOT_FOUND antivirus.unknown} when nothing of it is withheld
     */
    String release(MemberId member, ContentId content, Author author);

    /** Whether those that are {@linkplain Verdict.State#LARGE too large} are served. */
    boolean servesLarge();

    /** How the antivirus is doing; empty where there is none. */
    Optional<Health> health();

    /**
     * @param answers whether it answered when it was last asked
     * @param detail what is wrong, or the version of its signatures
     * @param waiting contents that nobody is served before they are scanned, and that wait for more than a minute
     */
    record Health(
            boolean answers,
            String detail,
            long waiting,
            @Nullable Instant since) {}
}
