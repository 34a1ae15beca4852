package org.entente.provisioning.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The tree of a service: {@code uid=CAPACITY,ou=people,o=SIREN,dc=SERVICE,dc=entente}, with a group a role and a unit below
 * {@code ou=groups} of each member.
 */
@Component
class Tree {

    /** More than any territory has people; a search that would bring more is cut by its size limit long before. */
    private static final int MOST = 100_000;

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

    /** What may match this filter, and perhaps more: everything, unless it asks for one person. */
    List<Entry> candidates(String service, Filter filter) {
        String mail = asked(filter, "mail");
        UUID uid = uuid(asked(filter, "uid"));
        if (mail != null) {
            return people(service, store.byMail(service, mail));
        }
        if (asked(filter, "uid") != null) {
            return uid == null ? List.of() : people(service, store.byCapacity(service, uid));
        }
        List<TreeRow> rows = store.page(service, null, MOST);
        List<Entry> all = new ArrayList<>();
        all.add(entry(root(service), "domain", Map.of()));
        Map<String, String> organisations = new TreeMap<>();
        rows.forEach(row -> organisations.put(row.organisation(), row.organisationName()));
        organisations.forEach((id, name) -> {
            all.add(entry(organisation(service, id), "organization", Map.of("description", List.of(name))));
            all.add(entry(people(service, id), "organizationalUnit", Map.of()));
            all.add(entry(groups(service, id), "organizationalUnit", Map.of()));
        });
        all.addAll(people(service, rows));
        all.addAll(groups(service, rows));
        return all;
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

    private static List<Entry> groups(String service, List<TreeRow> rows) {
        Map<DN, List<String>> members = new LinkedHashMap<>();
        for (TreeRow row : rows) {
            String member = dn(service, row).toString();
            groupsOf(service, row)
                    .forEach(group -> members.computeIfAbsent(group, g -> new ArrayList<>())
                            .add(member));
        }
        return members.entrySet().stream()
                .map(group -> entry(group.getKey(), "groupOfNames", Map.of("member", group.getValue())))
                .toList();
    }

    private static List<DN> groupsOf(String service, TreeRow row) {
        List<DN> groups = new ArrayList<>();
        row.roles()
                .forEach(
                        role -> groups.add(new DN(new RDN("cn", "role-" + role), groups(service, row.organisation()))));
        String unit = row.unit();
        if (unit != null && !unit.isBlank()) {
            // Whoever names a unit must not give a role by it.
            groups.add(new DN(new RDN("cn", "unit-" + unit), groups(service, row.organisation())));
        }
        return groups;
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
