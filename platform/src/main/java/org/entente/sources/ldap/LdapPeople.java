package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.Entry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.entente.directory.imports.SourceImports;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The people of a member's directory, in the words of the import. */
@Component
class LdapPeople {

    /** What the directory calls nobody's post. */
    private static final String NO_FUNCTION = "Agent";

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().\\-/]{3,40}");

    /** One person as read. */
    record Person(
            String dn,
            String key,
            @Nullable String givenName,
            @Nullable String usualName,
            @Nullable String address,
            @Nullable String function,
            @Nullable String unit,
            @Nullable String phone,
            @Nullable String reference,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            boolean disabled) {}

    private final LdapLink link;
    private final Clock clock;

    LdapPeople(LdapLink link, Clock clock) {
        this.link = link;
        this.clock = clock;
    }

    /** All of them, each with a key of its own; a refusal when the directory does not show that much. */
    List<Person> read(LdapSettings settings, String password) {
        Map<String, String> attributes = settings.attributes();
        List<Person> found = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<String> keyless = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        link.read(settings, password, asked(attributes), entry -> {
            String key = LdapValues.key(entry, attributes.getOrDefault("key", ""));
            if (key == null) {
                keyless.add(entry.getDN());
            } else if (!keys.add(key)) {
                twice.add(entry.getDN());
            } else {
                found.add(person(entry, key, attributes));
            }
        });
        // Without its key an entry would be taken for a departure.
        if (!keyless.isEmpty()) {
            throw Refusal.invalidField(
                    "attributes.key",
                    "ldap.keyless",
                    keyless.size(),
                    String.valueOf(attributes.get("key")),
                    LdapTrouble.brief(keyless.getFirst()));
        }
        if (!twice.isEmpty()) {
            throw Refusal.invalidField(
                    "attributes.key",
                    "ldap.keys",
                    String.valueOf(attributes.get("key")),
                    LdapTrouble.brief(twice.getFirst()));
        }
        if (found.isEmpty()) {
            throw Refusal.invalidField("filter", "ldap.nothing", settings.baseDn(), settings.filter());
        }
        return found;
    }

    /** What the import is told. A payroll number that several entries carry says nothing, as for a second account of an administrator. */
    List<SourceImports.Said> said(List<Person> people) {
        Map<String, Integer> references = new HashMap<>();
        people.forEach(p -> {
            if (p.reference() != null) {
                references.merge(p.reference(), 1, Integer::sum);
            }
        });
        return people.stream()
                .map(p -> said(p, p.reference() != null && references.getOrDefault(p.reference(), 0) == 1))
                .toList();
    }

    private SourceImports.Said said(Person person, boolean referenceIsTheirs) {
        Map<String, String> values = new HashMap<>();
        if (person.disabled()) {
            // Nothing that is wrong with a closed account may keep it open: only who it was, and that it is over.
            put(values, "givenName", person.givenName() == null ? "—" : person.givenName());
            put(values, "usualName", person.usualName() == null ? "—" : person.usualName());
            put(values, "function", NO_FUNCTION);
            put(values, "until", LocalDate.now(clock).minusDays(1));
            return new SourceImports.Said(person.key(), values);
        }
        put(values, "givenName", person.givenName());
        put(values, "usualName", person.usualName());
        put(values, "address", person.address());
        put(values, "function", person.function() == null ? NO_FUNCTION : person.function());
        put(values, "unit", person.unit());
        put(values, "phone", person.phone());
        put(values, "reference", referenceIsTheirs ? person.reference() : null);
        put(values, "from", person.from());
        put(values, "until", person.until());
        return new SourceImports.Said(person.key(), values);
    }

    /** Whether an entry is of an account that is closed or over, whatever its password. */
    boolean closed(Entry entry, Map<String, String> attributes) {
        return LdapValues.key(entry, attributes.getOrDefault("key", "")) == null
                || person(entry, "", attributes).disabled();
    }

    private Person person(Entry entry, String key, Map<String, String> attributes) {
        String unit = attributes.get("unit");
        String phone = LdapValues.text(entry, attributes.get("phone"));
        LocalDate until = LdapValues.lastDay(LdapValues.text(entry, attributes.get("until")), clock.getZone());
        boolean over = until != null && until.isBefore(LocalDate.now(clock));
        return new Person(
                LdapTrouble.brief(entry.getDN()),
                key,
                LdapValues.text(entry, attributes.get("givenName")),
                LdapValues.text(entry, attributes.get("usualName")),
                LdapValues.text(entry, attributes.get("address")),
                LdapValues.text(entry, attributes.get("function")),
                LdapSettings.PARENT.equals(unit) ? LdapValues.parent(entry.getDN()) : LdapValues.text(entry, unit),
                phone != null && PHONE.matcher(phone).matches() ? phone : null,
                LdapValues.text(entry, attributes.get("reference")),
                LdapValues.firstDay(LdapValues.text(entry, attributes.get("from")), clock.getZone()),
                until,
                over || LdapValues.disabled(entry, attributes.get("disabled")));
    }

    static String[] asked(Map<String, String> attributes) {
        return attributes.values().stream()
                .filter(a -> !a.equals(LdapSettings.PARENT))
                .distinct()
                .toArray(String[]::new);
    }

    private static void put(Map<String, String> values, String field, @Nullable Object value) {
        if (value != null) {
            values.put(field, value.toString());
        }
    }
}
