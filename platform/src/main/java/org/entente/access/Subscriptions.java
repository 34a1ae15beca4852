package org.entente.access;

import java.util.List;
import org.entente.audit.Author;
import org.entente.directory.AffiliationKind;
import org.entente.directory.MemberId;

/** What members take from the catalogue: entitlements follow in the same transaction. */
public interface Subscriptions {

    /** Takes a service for these populations, or changes for whom it is taken. */
    void subscribe(MemberId member, String service, List<Population> populations, Author by);

    /** Gives a service up: nobody of the member keeps it. */
    void unsubscribe(MemberId member, String service, Author by);

    /** Whether all of a member's people of this kind have a service, whatever their unit and groups. */
    boolean takes(MemberId member, String service, AffiliationKind kind);

    /** The services a member has taken, by id. */
    List<String> of(MemberId member);
}
