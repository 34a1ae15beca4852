package org.entente.storage;

import java.util.Collection;
import java.util.List;
import org.entente.directory.MemberId;

/**
 * Makes numbers of words, by keys that are derived from the members' own: an index of what contents say is then as closed as the contents are, and is noise once
 * the member's keys are {@linkplain Contents#forget dropped}.
 */
public interface WordSeals {

    /** By which the words of what is kept now are sealed. Refused when the member was forgotten ({@code storage.forgotten}). */
    WordSeal current(MemberId member);

    /** All by which words of these members may have been sealed: of each, the current one and former ones. */
    List<WordSeal> all(Collection<MemberId> members);
}
