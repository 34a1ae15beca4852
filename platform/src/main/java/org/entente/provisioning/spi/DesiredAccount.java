package org.entente.provisioning.spi;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * One account as it should be.
 *
 * @param account its row in Entente
 * @param externalId the engine's own id, once known
 * @param state what it should become
 * @param person whose it is
 * @param capacity the capacity that gives it
 * @param roles the roles of that capacity in the service
 * @param capacities every live capacity of this person with the services each gives, for engines that keep one account a person
 * @param revision grows with every change of the desired state; an engine may refuse an older one
 */
public record DesiredAccount(
        UUID account,
        @Nullable String externalId,
        State state,
        PersonCard person,
        CapacityCard capacity,
        Set<String> roles,
        List<CapacityCard> capacities,
        long revision) {

    /** The states an engine is asked for. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        CLOSED
    }

    /** A person, as an engine may know them. */
    public record PersonCard(PersonId id, String givenName, String usualName, String language) {}

    /**
     * A capacity, as an engine may know it.
     *
     * @param keptBy {@code ldap} for who is in the member's own directory
     * @param mailHeld true: nothing that opens an account may be sent to this address; its person has not said that it is theirs
     * @param services service id → roles: what this capacity gives
     */
    public record CapacityCard(
            AffiliationId id,
            UUID member,
            @Nullable String siren,
            @Nullable String siret,
            String memberName,
            String kind,
            String function,
            @Nullable String unit,
            @Nullable String address,
            @Nullable String phone,
            @Nullable String keptBy,
            @Nullable Boolean mailHeld,
            boolean needsSecondFactor,
            java.util.Map<String, Set<String>> services) {}
}
