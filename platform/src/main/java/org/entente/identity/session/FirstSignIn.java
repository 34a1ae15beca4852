package org.entente.identity.session;

import java.util.Set;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.MemberId;
import org.entente.directory.Right;
import org.entente.directory.Role;

/**
 * Who may hand a person the link by which they choose a password. Whoever holds that link can act in every capacity of the person, so it
 * is never given by somebody who could not have given each of them.
 *
 * @param elsewhere whether the person has an affiliation, present or to come, at another member
 * @param roles what the person may do in any of their affiliations
 * @param ofOperator whether one of these is at the operator
 */
record FirstSignIn(boolean elsewhere, Set<Role> roles, boolean ofOperator) {

    FirstSignIn {
        roles = Set.copyOf(roles);
    }

    void mustBeAllowed(Actor actor, MemberId member) {
        if (actor.may(Right.OPERATE, null)) {
            return;
        }
        if (elsewhere) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "link.elsewhere");
        }
        if (ofOperator && !roles.isEmpty()) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "link.operator");
        }
        if (roles.contains(Role.MEMBER_ADMIN) && !actor.may(Right.MANAGE_MEMBER, member)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "link.above");
        }
    }
}
