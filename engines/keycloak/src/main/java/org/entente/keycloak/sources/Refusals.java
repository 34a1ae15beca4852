package org.entente.keycloak.sources;

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
    LEFT;

    /** Detail of an event: the address that was asserted. */
    static final String ADDRESS = "entente_address";

    /** The word that the platform's catalogue and our pages know. */
    public String code() {
        return "source_" + name().toLowerCase(java.util.Locale.ROOT);
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
