package org.entente.directory;

/**
 * Affiliations were planned, started, changed, ended or reopened, by a person, an import or a date that passed. The rows are in
 * {@code directory.v_change} under {@code changeSet}, so that listeners work in one statement whatever their number.
 *
 * <p>Published inside the transaction that makes the change. Listeners that must be as true as the change itself (entitlements,
 * planned accounts, sessions and app passwords cut) are plain {@code @EventListener}s and run in that transaction; what talks to
 * an engine is done after the commit.
 *
 * @param size how many affiliations, so that a listener knows whether to look each up or to read them all
 */
public record AffiliationsChanged(ChangeSetId changeSet, long size) {

    /** Above this many changed affiliations, reading all of a table is cheaper than looking each up. */
    private static final int FEW = 500;

    public boolean many() {
        return size > FEW;
    }
}
