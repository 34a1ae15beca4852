package org.entente.files;

import java.util.Set;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.MemberId;
import org.entente.directory.PersonId;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;

/**
 * Who comes for files, by whichever door. What they may do is looked up at each call: a capacity that has ended opens nothing.
 *
 * @param name how they are called, for those who see what they did
 * @param address the network address of the request
 * @param locks the locks they say they hold (RFC 4918, 10.4)
 */
public record Visitor(
        PersonId person,
        AffiliationId capacity,
        MemberId member,
        String name,
        @Nullable String address,
        Set<UUID> locks) {

    public Visitor {
        locks = Set.copyOf(locks);
    }

    public static Visitor of(Actor actor) {
        return new Visitor(actor.person(), actor.capacity(), actor.member(), actor.name(), actor.address(), Set.of());
    }

    public static Visitor of(AppPasswords.Granted granted, @Nullable String address) {
        return new Visitor(granted.person(), granted.capacity(), granted.member(), granted.name(), address, Set.of());
    }

    public Visitor holding(Set<UUID> tokens) {
        return new Visitor(person, capacity, member, name, address, tokens);
    }

    /** As the ledger keeps them. */
    public Author author() {
        return new Author(person.value(), capacity.value(), name, address);
    }
}
