package org.entente.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.entente.audit.Author;
import org.jspecify.annotations.Nullable;

/**
 * The door through which affiliations start, change and end. Each act writes a change set and the ledger, and publishes {@link
 * AffiliationsChanged}, in one transaction; nothing is half done.
 */
public interface Affiliations {

    /** Starts one now, plans it when it begins later, or keeps it as history when it is over already. */
    AffiliationId start(NewAffiliation affiliation, Author author);

    /** Many at once, in a handful of statements and one change set; all or none. */
    List<AffiliationId> startAll(List<NewAffiliation> affiliations, String cause, Author author);

    /** Changes the post; {@code version} is that of the card the author saw, so that nobody's change is overwritten. */
    void change(AffiliationId affiliation, Post post, int version, Author author);

    /**
     * Ends an affiliation: at once when {@code at} is not in the future (it is then cut in this transaction), else by the clock
     * at that instant.
     *
     * @param reason a code, such as {@code resigned} or {@code term}, kept with the affiliation
     */
    ChangeSetId end(AffiliationId affiliation, Instant at, String reason, Author author);

    /** Takes an end back, whether it has happened or is still to come. Refused when its address is another person's by now. */
    ChangeSetId reopen(AffiliationId affiliation, @Nullable Instant until, Author author);

    /**
     * Changes who is in a group of this member, in one statement and one change set. Those that are over, or another member's, are passed by.
     *
     * @param left the group that {@code leaving} are in no more
     * @param joined the group that {@code joining} are in from now on; may be the same, or its new name
     */
    void regroup(
            MemberId member,
            String left,
            Collection<AffiliationId> leaving,
            String joined,
            Collection<AffiliationId> joining,
            Author author);

    /**
     * From now on what opens an account may be sent to its address, which the person, or somebody who may give them all they have, says to be theirs.
     * Nothing where it may be already.
     */
    void confirmMail(AffiliationId affiliation, Author author);

    /** The cards of those that exist, in no order. */
    List<AffiliationCard> cards(Collection<AffiliationId> affiliations);

    /** One card, or a refusal (not found) when this member has no such affiliation. */
    AffiliationCard card(MemberId member, AffiliationId affiliation);
}
