package org.entente.reading;

import java.util.Collection;
import java.util.List;
import org.entente.directory.MemberId;
import org.entente.storage.ContentId;

/** The door: contents to be read, and words to look them up by. Published to SQL as {@code reading.v_content} and {@code reading.v_silence}. */
public interface Texts {

    /** Whether what files say is read in this territory. */
    boolean on();

    /**
     * Says, in the transaction that refers to them and after it did, that these contents of a member are to be read; those that are known already stay as they
     * are. Nothing happens where what files say is not read. They are forgotten with {@link org.entente.storage.ContentsUnused}.
     */
    void want(MemberId member, Collection<Written> contents);

    /**
     * What is to be looked up in {@code reading.v_content.words} to find what holds every one of these words, whatever their endings and accents: one row of
     * numbers for each key of these members, none when there is no word to look for but such as every text has.
     */
    List<long[]> ask(Collection<MemberId> members, String words);

    /** How far the reading of this content of the member is. */
    TextState state(MemberId member, ContentId content);
}
