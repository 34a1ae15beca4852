package org.entente.directory;

import java.util.Set;
import org.entente.audit.Author;
import org.jspecify.annotations.Nullable;

/**
 * The person who calls, in the capacity in which they act now. The one place that decides what they may do: controllers take
 * an {@code Actor} parameter, {@link Needs} is checked against it before they run.
 *
 * @param person who
 * @param name how they are called
 * @param capacity the live affiliation in which they act
 * @param member the member of that affiliation
 * @param memberIsOperator whether that member runs the territory
 * @param roles the roles granted to that affiliation
 * @param address the network address of the request
 * @param invited whether that affiliation is only what an invitation to a space made: then they may do nothing but what the invitation is for
 */
public record Actor(
        PersonId person,
        String name,
        AffiliationId capacity,
        MemberId member,
        boolean memberIsOperator,
        Set<Role> roles,
        @Nullable String address,
        boolean invited) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** Somebody who is there by more than an invitation. */
    public Actor(
            PersonId person,
            String name,
            AffiliationId capacity,
            MemberId member,
            boolean memberIsOperator,
            Set<Role> roles,
            @Nullable String address) {
        this(person, name, capacity, member, memberIsOperator, roles, address, false);
    }

    /** Whether this actor has {@code right}; {@code on} is the member concerned, for rights of a member. */
    public boolean may(Right right, @Nullable MemberId on) {
        return switch (right) {
            case PUBLIC, SIGNED_IN, PERSON, WHOLE_PERSON -> true;
            case OPERATE -> isOperator();
            case READ_TERRITORY -> isOperator() || (memberIsOperator && roles.contains(Role.AUDITOR));
            case READ_MEMBER ->
                may(Right.READ_TERRITORY, null)
                        || (member.equals(on)
                                && (roles.contains(Role.MEMBER_ADMIN)
                                        || roles.contains(Role.MEMBER_HR)
                                        || roles.contains(Role.AUDITOR)));
            case MANAGE_PEOPLE ->
                isOperator()
                        || (member.equals(on) && (roles.contains(Role.MEMBER_ADMIN) || roles.contains(Role.MEMBER_HR)));
            case MANAGE_MEMBER -> isOperator() || (member.equals(on) && roles.contains(Role.MEMBER_ADMIN));
        };
    }

    /** This actor as the ledger keeps it. */
    public Author author() {
        return new Author(person.value(), capacity.value(), name, address);
    }

    private boolean isOperator() {
        return memberIsOperator && roles.contains(Role.OPERATOR_ADMIN);
    }
}
