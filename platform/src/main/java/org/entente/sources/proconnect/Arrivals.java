package org.entente.sources.proconnect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.audit.Author;
import org.entente.audit.Entry;
import org.entente.audit.Ledger;
import org.entente.base.Refusal;
import org.entente.directory.Siret;
import org.entente.sources.proconnect.PartnerPosts.LivePost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose an account of ProConnect is: the first time, of the person whom a member invited with this very address and organisation; from then on, of whom it was
 * linked to, as long as the organisation is still the one. What does not fit is refused and shown to the admins whom it concerns, never guessed.
 */
@Service
class Arrivals {

    private static final Author PROCONNECT = Author.system("proconnect");
    private static final int LONGEST_ADDRESS = 254;
    private static final int LONGEST_SUBJECT = 255;

    private final PartnerPosts posts;
    private final PartnerAccounts accounts;
    private final PartnerRefusals refusals;
    private final ProConnectSourceStore source;
    private final Ledger ledger;

    Arrivals(
            PartnerPosts posts,
            PartnerAccounts accounts,
            PartnerRefusals refusals,
            ProConnectSourceStore source,
            Ledger ledger) {
        this.posts = posts;
        this.accounts = accounts;
        this.refusals = refusals;
        this.source = source;
        this.ledger = ledger;
    }

    /** @param siret valid */
    private record Known(
            String subject,
            @Nullable String address,
            String siret,
            @Nullable UUID linked) {}

    @Transactional
    public Verdict judge(Arrival arrival) {
        String subject = arrival.subject();
        if (subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw Refusal.invalidField("subject", "field.missing", "subject");
        }
        if (source.get().state() == ProConnectSource.State.OFF) {
            return new Verdict(null, List.of(), "unanswered");
        }
        String address = address(arrival.address());
        String siret = siret(arrival.siret());
        if (siret == null) {
            return refused(concerned(address), "siret_invalid", address, null);
        }
        Known known = new Known(subject, address, siret, arrival.linked());
        return accounts.person(subject).map(person -> again(known, person)).orElseGet(() -> first(known));
    }

    private Verdict first(Known known) {
        String address = known.address();
        if (address == null) {
            return refused(Set.of(), "no_address", null, known.siret());
        }
        UUID owner = posts.owner(address).orElse(null);
        if (owner == null) {
            Set<UUID> concerned = posts.memberOf(known.siret()).map(Set::of).orElse(Set.of());
            return refused(concerned, "not_invited", address, known.siret());
        }
        accounts.inTurn(owner);
        List<LivePost> there = posts.of(owner).stream()
                .filter(post -> post.hasAddress(address))
                .toList();
        List<LivePost> named = there.stream()
                .filter(post -> post.names(known.siret(), address))
                .toList();
        if (known.linked() != null && !known.linked().equals(owner)) {
            return refused(members(there), "others_address", address, known.siret());
        }
        if (named.isEmpty()) {
            return refused(members(there), unfit(there, known.siret()), address, known.siret());
        }
        if (accounts.hasOther(owner, known.subject())) {
            return refused(members(named), "other_account", address, known.siret());
        }
        if (known.linked() != null) {
            accounts.link(known.subject(), named.getFirst().affiliation(), address, known.siret());
            recorded(owner, named, address, known.siret());
        }
        return Verdict.of(owner, List.copyOf(members(named)));
    }

    private Verdict again(Known known, UUID person) {
        UUID owner =
                known.address() == null ? null : posts.owner(known.address()).orElse(null);
        List<LivePost> reachable =
                posts.of(person).stream().filter(LivePost::reachable).toList();
        boolean others = (owner != null && !owner.equals(person))
                || (known.linked() != null && !known.linked().equals(person));
        if (others) {
            return refused(members(reachable), "others_address", known.address(), known.siret());
        }
        if (reachable.isEmpty()) {
            return refused(concerned(known.address()), "invitation_ended", known.address(), known.siret());
        }
        if (reachable.stream().noneMatch(post -> post.isFor(known.siret()))) {
            return refused(members(reachable), "organisation_changed", known.address(), known.siret());
        }
        if (known.linked() != null) {
            accounts.came(known.subject(), known.address(), known.siret());
        }
        // The address may be another by now: the member that linked the account goes on answering for it.
        UUID linkedBy = accounts.post(known.subject()).orElse(null);
        return Verdict.of(
                person,
                List.copyOf(members(reachable.stream()
                        .filter(post -> post.names(known.siret(), known.address())
                                || (post.isFor(known.siret())
                                        && post.affiliation().equals(linkedBy)))
                        .toList())));
    }

    /** Why nobody of those with this address may come for this organisation. */
    private static String unfit(List<LivePost> there, String siret) {
        boolean own = there.stream()
                .anyMatch(post -> !post.partner() && post.siren() != null && siret.startsWith(post.siren()));
        if (own) {
            return "members_own";
        }
        boolean invitedFor = there.stream().anyMatch(post -> post.invited() != null || !post.partner());
        return invitedFor ? "other_organisation" : "not_invited";
    }

    private Verdict refused(Set<UUID> members, String reason, @Nullable String address, @Nullable String siret) {
        refusals.note(members, reason, address, siret);
        return new Verdict(null, List.of(), reason);
    }

    private Set<UUID> concerned(@Nullable String address) {
        return address == null
                ? Set.of()
                : posts.owner(address)
                        .map(owner -> members(posts.of(owner).stream()
                                .filter(post -> post.hasAddress(address))
                                .toList()))
                        .orElse(Set.of());
    }

    private void recorded(UUID person, List<LivePost> named, String address, String siret) {
        members(named)
                .forEach(member -> ledger.record(new Entry(
                        PROCONNECT,
                        "partner.linked",
                        member,
                        "person",
                        person.toString(),
                        address,
                        Map.of(),
                        Map.of("address", address, "siret", siret))));
    }

    private static Set<UUID> members(List<LivePost> posts) {
        return posts.stream().map(LivePost::member).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable String address(@Nullable String said) {
        if (said == null) {
            return null;
        }
        String address = said.strip().toLowerCase(Locale.ROOT);
        int at = address.indexOf('@');
        return at > 0 && at < address.length() - 1 && address.length() <= LONGEST_ADDRESS ? address : null;
    }

    private static @Nullable String siret(@Nullable String said) {
        try {
            return said == null ? null : new Siret(said).value();
        } catch (Refusal invalid) {
            return null;
        }
    }
}
