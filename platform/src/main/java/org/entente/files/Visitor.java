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
 * @param together locks that one program holds for several people who write one file together, and that it has shown to be theirs: they open to each of
 *     them, whoever took them
 */
public record Visitor(
        PersonId person,
        AffiliationId capacity,
        MemberId member,
        String name,
        @Nullable String address,
        Set<UUID> locks,
        Set<UUID> together) {

    public Visitor {
        locks = Set.copyOf(locks);
        together = Set.copyOf(together);
    }

    public Visitor(
            PersonId person,
            AffiliationId capacity,
            MemberId member,
            String name,
            @Nullable String address,
            Set<UUID> locks) {
        this(person, capacity, member, name, address, locks, Set.of());
    }

    public static Visitor of(Actor actor) {
        return new Visitor(actor.person(), actor.capacity(), actor.member(), actor.name(), actor.address(), Set.of());
    }

    public static Visitor of(AppPasswords.Granted granted, @Nullable String address) {
        return new Visitor(granted.person(), granted.capacity(), granted.member(), granted.name(), address, Set.of());
    }

    public Visitor holding(Set<UUID> tokens) {
        return new Visitor(person, capacity, member, name, address, tokens, together);
    }

    /** One of those who write together under this lock. */
    public Visitor together(UUID lock) {
        return new Visitor(person, capacity, member, name, address, locks, Set.of(lock));
    }

    /** As the ledger keeps them. */
    public Author author() {
        return new Author(person.value(), capacity.value(), name, address);
    }
}
