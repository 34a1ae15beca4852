package org.entente.storage;

import org.entente.directory.MemberId;

/** Asked before any content is opened to be served, by whatever way: a room that judges contents has one. */
@FunctionalInterface
public interface ContentGate {

    /**
     * @param size in bytes
     * @throws org.entente.base.Refusal when it is not to be served, or not yet
     */
    void pass(ContentId content, MemberId member, long size);
}
