package org.entente.directory;

import java.util.List;
import java.util.Optional;
import org.entente.base.Page;
import org.jspecify.annotations.Nullable;

/** Finds people, members and functions across the territory as a person types, accents ignored: professional data only. */
public interface DirectorySearch {

    Page<Entry> people(Query query);

    /** The first few while somebody types: those whose name begins so, then others; nobody is counted. */
    List<Entry> suggest(String q, int most);

    /** One person's card; empty when nothing of them is live. */
    Optional<Entry> person(PersonId person);

    List<MemberRef> members(String q, int most);

    /** Functions that somebody holds now, the most frequent first. */
    List<Held> functions(String q, int most);

    /** A person with those of their live affiliations that anybody of the territory may see; {@code DirectoryEntry} of the API. */
    record Entry(PersonRef person, List<AffiliationCard> affiliations) {}

    record Held(String function, int people) {}

    /**
     * What is looked for.
     *
     * @param q beginnings of words, in any order, of names, function, unit, member or address
     * @param unit this unit and all below it
     */
    record Query(
            String q,
            @Nullable MemberId member,
            @Nullable AffiliationKind kind,
            @Nullable UnitId unit,
            int offset,
            int limit) {

        public static Query of(String q, int limit) {
            return new Query(q, null, null, null, 0, limit);
        }
    }
}
