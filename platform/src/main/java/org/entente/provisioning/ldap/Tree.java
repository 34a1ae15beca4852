package org.entente.provisioning.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tree of a service: {@code uid=CAPACITY,ou=people,o=SIREN,dc=SERVICE,dc=entente}, with a group a role and a unit below
 * {@code ou=groups} of each member.
 */
@Component
class Tree {

    private static final int PAGE = 500;
    private static final String GROUP = "groupOfNames";

    private static final DN TERRITORY = new DN(new RDN("dc", "entente"));

    private final TreeStore store;

    Tree(TreeStore store) {
        this.store = store;
    }

    static DN root(String service) {
        return new DN(new RDN("dc", service), TERRITORY);
    }

    /** By which the application reads. */
    static DN reader(String service) {
        return new DN(new RDN("cn", "reader"), root(service));
    }

    /** The service whose tree this is in; null when it is in none. */
    static @Nullable String service(DN dn) {
        RDN[] parts = dn.getRDNs();
        return parts.length >= 2
                        && dn.isDescendantOf(TERRITORY, false)
                        && parts[parts.length - 2].hasAttribute("dc")
                        && !parts[parts.length - 2].isMultiValued()
                ? parts[parts.length - 2].getAttributeValues()[0].toLowerCase(java.util.Locale.ROOT)
                : null;
    }

    static DN dn(String service, TreeRow row) {
        return new DN(new RDN("uid", row.capacity().toString()), people(service, row.organisation()));
    }

    /** The person whose entry this is. */
    @Nullable
    TreeRow person(String service, DN dn) {
        RDN own = dn.getRDN();
        if (own == null || !own.hasAttribute("uid")) {
            return null;
        }
        UUID capacity = uuid(own.getAttributeValues()[0]);
        return capacity == null
                ? null
                : store.byCapacity(service, capacity).stream()
                        .filter(row -> dn(service, row).equals(dn))
                        .findFirst()
                        .orElse(null);
    }

    /** Takes entries one by one; answers whether it wants more. */
    interface Taker {
        boolean take(Entry entry) throws LDAPException;
    }

    /** What may match this filter, and perhaps more: everything, unless it asks for one person. Never more than a page of it is held at once. */
    void candidates(String service, Filter filter, Taker taker) throws LDAPException {
        String mail = asked(filter, "mail");
        String uid = asked(filter, "uid");
        if (mail != null) {
            all(people(service, store.byMail(service, mail)), taker);
            return;
        }
        if (uid != null) {
            UUID capacity = uuid(uid);
            all(capacity == null ? List.of() : people(service, store.byCapacity(service, capacity)), taker);
            return;
        }
        String kind = asked(filter, "objectClass");
        boolean peopleOnly = "inetOrgPerson".equalsIgnoreCase(kind);
        boolean groupsOnly = GROUP.equalsIgnoreCase(kind);
        if ((peopleOnly || groupsOnly || all(branches(service), taker))
                && (groupsOnly || everybody(service, taker))
                && !peopleOnly) {
            groups(service, taker);
        }
    }

    private List<Entry> branches(String service) {
        List<Entry> branches = new ArrayList<>();
        branches.add(entry(root(service), "domain", Map.of()));
        store.organisations(service).forEach((id, name) -> {
            branches.add(entry(organisation(service, id), "organization", Map.of("description", List.of(name))));
            branches.add(entry(people(service, id), "organizationalUnit", Map.of()));
            branches.add(entry(groups(service, id), "organizationalUnit", Map.of()));
        });
        return branches;
    }

    private boolean everybody(String service, Taker taker) throws LDAPException {
        UUID after = null;
        List<TreeRow> page;
        do {
            page = store.page(service, after, PAGE);
            if (!all(people(service, page), taker)) {
                return false;
            }
            after = page.isEmpty() ? null : page.getLast().account();
        } while (page.size() == PAGE);
        return true;
    }

    private void groups(String service, Taker taker) throws LDAPException {
        for (TreeStore.Group group : store.groups(service)) {
            DN people = people(service, group.organisation());
            List<String> members = store.members(service, group).stream()
                    .map(capacity -> new DN(new RDN("uid", capacity.toString()), people).toString())
                    .toList();
            DN named = group.role() != null
                    ? role(service, group.organisation(), group.role())
                    : unit(service, group.organisation(), String.valueOf(group.unit()));
            // Whoever was in it has left since it was named: a group has members (RFC 4519, 3.7).
            if (!members.isEmpty() && !taker.take(entry(named, GROUP, Map.of("member", members)))) {
                return;
            }
        }
    }

    private static boolean all(List<Entry> entries, Taker taker) throws LDAPException {
        for (Entry entry : entries) {
            if (!taker.take(entry)) {
                return false;
            }
        }
        return true;
    }

    private static List<Entry> people(String service, List<TreeRow> rows) {
        return rows.stream().map(row -> entry(service, row)).toList();
    }

    static Entry entry(String service, TreeRow row) {
        Entry entry = new Entry(dn(service, row));
        entry.addAttribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson");
        entry.addAttribute("uid", row.capacity().toString());
        entry.addAttribute("entryUUID", row.account().toString());
        row.attributes().forEach(entry::addAttribute);
        entry.addAttribute(
                "memberOf", groupsOf(service, row).stream().map(DN::toString).toList());
        return entry;
    }

    private static List<DN> groupsOf(String service, TreeRow row) {
        List<DN> groups = new ArrayList<>();
        row.roles().forEach(role -> groups.add(role(service, row.organisation(), role)));
        String unit = row.unit();
        if (unit != null && !unit.isBlank()) {
            groups.add(unit(service, row.organisation(), unit));
        }
        return groups;
    }

    /** Named apart from units: whoever names a unit must not give a role by it. */
    private static DN role(String service, String organisation, String role) {
        return new DN(new RDN("cn", "role-" + role), groups(service, organisation));
    }

    private static DN unit(String service, String organisation, String unit) {
        return new DN(new RDN("cn", "unit-" + unit), groups(service, organisation));
    }

    private static Entry entry(DN dn, String objectClass, Map<String, List<String>> attributes) {
        Entry entry = new Entry(dn);
        RDN own = java.util.Objects.requireNonNull(dn.getRDN());
        entry.addAttribute("objectClass", "top", objectClass);
        entry.addAttribute(own.getAttributeNames()[0], own.getAttributeValues()[0]);
        attributes.forEach(entry::addAttribute);
        return entry;
    }

    private static DN organisation(String service, String organisation) {
        return new DN(new RDN("o", organisation), root(service));
    }

    private static DN people(String service, String organisation) {
        return new DN(new RDN("ou", "people"), organisation(service, organisation));
    }

    private static DN groups(String service, String organisation) {
        return new DN(new RDN("ou", "groups"), organisation(service, organisation));
    }

    /** The value that everything the filter matches has for this attribute; null when it asks for none. */
    private static @Nullable String asked(Filter filter, String attribute) {
        if (filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY
                && attribute.equalsIgnoreCase(filter.getAttributeName())) {
            return filter.getAssertionValue();
        }
        if (filter.getFilterType() == Filter.FILTER_TYPE_AND) {
            for (Filter part : filter.getComponents()) {
                String found = asked(part, attribute);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
