package org.entente.keycloak.sources;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;

/** Why a sign-in through a member's source is refused: noted for the member's admins, who alone can put it right. */
public enum Refusals {
    /** The source gave no address. */
    NO_ADDRESS,
    /** The source does not say that it has verified the address. */
    NOT_VERIFIED,
    /** The address is of a domain that this source may not vouch for. */
    FOREIGN_DOMAIN,
    /** Nobody of this member has the address. */
    UNKNOWN,
    /** Several people of this member have the address. */
    AMBIGUOUS,
    /** The account is linked to one person and asserts the address of another. */
    OTHERS_ADDRESS,
    /** The person is not with this member any more. */
    LEFT,
    /** ProConnect gave no SIRET, or none that can be one. */
    SIRET_INVALID,
    /** Nobody invited the organisation, or not this person of it. */
    NOT_INVITED,
    /** The address is of somebody whom a member invited for another organisation, or not as a partner. */
    OTHER_ORGANISATION,
    /** The account is linked, and now says another organisation. */
    ORGANISATION_CHANGED,
    /** The person is linked to another account of ProConnect. */
    OTHER_ACCOUNT,
    /** An agent of a member, which has not said that its agents may come by ProConnect. */
    MEMBERS_OWN,
    /** The invitation has ended. */
    INVITATION_ENDED,
    /** The platform, which knows whom members invited, does not answer. */
    UNANSWERED;

    /** Detail of an event: the address that was asserted. */
    static final String ADDRESS = "entente_address";

    /** What the platform says; a word of a newer one says no more than that it is no. */
    static Refusals of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(UNANSWERED);
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The word that the platform's catalogue and our pages know. */
    public String code() {
        return "source_" + word();
    }

    /** Message key of the page, such as {@code ententeSourceNoAddress}. */
    public String message() {
        StringBuilder key = new StringBuilder("ententeSource");
        for (String word : name().split("_", -1)) {
            key.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return key.toString();
    }

    public void note(EventBuilder event, Source source, @Nullable String address) {
        event.detail(Details.IDENTITY_PROVIDER, source.alias());
        if (address != null) {
            event.detail(ADDRESS, address);
        }
        event.error(code());
    }
}
