package org.entente.storage;

import org.entente.directory.MemberId;

/** Asked before any content is opened to be served, by whatever way, and told of what is kept once more: a room that judges contents has one. */
public interface ContentGate {

    /**
     * @param size in bytes
     * @throws org.entente.base.Refusal when it is not to be served, or not yet
     */
    void pass(ContentId content, MemberId member, long size);

    /** Says that the same bytes are kept once more for another member, before anything refers to them: what is withheld of the one is of the other. */
    void copied(ContentId from, ContentId to, MemberId member, long size);
}
