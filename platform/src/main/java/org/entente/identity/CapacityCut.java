package org.entente.identity;

import java.util.List;
import org.entente.directory.AffiliationId;
import org.entente.directory.ChangeSetId;

/**
 * Ends what a person holds through a capacity inside Entente itself: portal sessions acting in it and app passwords made for it.
 * Both are rows of ours, so they are cut in the running transaction, in one statement whatever the number.
 */
public interface CapacityCut {

    /** Cuts every capacity that {@code changeSet} ended. One result for each of them, also where there was nothing to cut. */
    List<Cut> cutEndedIn(ChangeSetId changeSet);

    /** Gives back, within the delay of an undo, the app passwords that the cut of this capacity had revoked. */
    int restore(AffiliationId capacity);

    /** How many portal sessions and app passwords ended with this capacity. */
    record Cut(AffiliationId capacity, int portalSessions, int appPasswords) {}
}
