package org.entente.directory;

import java.time.LocalDate;
import java.util.List;
import org.entente.audit.Author;
import org.jspecify.annotations.Nullable;

/** Human beings, each once in the territory: how they are entered, told apart and changed. */
public interface People {

    PersonId add(NewPerson person, MemberId by, Author author);

    /** Many at once, in the order given; the ledger tells of them by what follows, as with an import. */
    List<PersonId> addAll(List<NewPerson> people, Author author);

    /** Many at once, in the order given; the ledger tells of each, as {@link #add} does. */
    List<PersonId> addAll(List<NewPerson> people, MemberId by, Author author);

    /**
     * The other members that the person is with are told, each in its own ledger.
     *
     * @throws org.entente.base.Refusal FORBIDDEN {@code person.left} by a member that the person is with no more
     */
    void change(PersonId person, NewPerson names, int version, MemberId by, Author author);

    /**
     * Persons who may be this one: to be decided by a human before a second entry is made.
     *
     * @param by the member that asks: birth dates of people it never had are not told
     */
    List<Candidate> candidates(NewPerson person, @Nullable String address, MemberId by);

    /**
     * Someone who may be the same human being.
     *
     * @param members names of the members they belong to
     * @param why codes: {@code name-and-birth-date}, {@code swapped-names}, {@code similar-name}, {@code name}, {@code address}
     */
    record Candidate(PersonRef person, @Nullable LocalDate birthDate, List<String> members, List<String> why) {}
}
