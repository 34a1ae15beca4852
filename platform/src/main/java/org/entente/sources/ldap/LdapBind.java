package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks a directory whether a password is that of one entry: found by its key with the member's reader, then bound as (RFC 4513, 5.1.3). Values go into filters
 * by the library's own encoding, never as text. Much less patient than a reading: somebody waits.
 */
@Component
class LdapBind {

    private static final int FEW = 20;
    private static final int SECONDS = 5;

    /** Whose password it should be; {@code address} helps where the key cannot be searched by, and proves nothing. */
    record Whose(String key, @Nullable String address) {}

    private final LdapLink link;
    private final LdapPeople people;

    LdapBind(
            Reach reach,
            LdapPeople people,
            @Value("${entente.sources.ldap.sign-in.connect:3s}") Duration connecting,
            @Value("${entente.sources.ldap.sign-in.answer:5s}") Duration answering,
            @Value("${entente.sources.ldap.sign-in.in-all:15s}") Duration inAll) {
        this.link = new LdapLink(reach, connecting, answering, inAll);
        this.people = people;
    }

    /**
     * What it says; refuses when the directory, or its reader, does not answer.
     *
     * @param whose null asks in vain for nobody, as long as for somebody
     */
    LdapSaid ask(LdapSettings settings, String reader, @Nullable Whose whose, String typed) {
        if (whose != null && typed.isEmpty()) {
            // A bind with a name and no password succeeds at many servers, as nobody (RFC 4513, 5.1.2).
            return LdapSaid.WRONG;
        }
        return link.bound(settings, reader, connection -> {
            Whose sought = whose == null ? new Whose(UUID.randomUUID().toString(), null) : whose;
            List<SearchResultEntry> found = found(connection, settings, sought);
            if (found.size() > 1) {
                throw Refusal.conflict(
                        "ldap.keys",
                        String.valueOf(settings.attributes().get("key")),
                        LdapTrouble.brief(found.getFirst().getDN()));
            }
            if (found.isEmpty()) {
                vainly(connection, settings, reader);
                return LdapSaid.WRONG;
            }
            SearchResultEntry entry = found.getFirst();
            if (nameless(entry)) {
                return LdapSaid.WRONG;
            }
            LdapSaid said = bind(connection, settings, entry.getDN(), typed);
            return said == LdapSaid.RIGHT && people.closed(entry, settings.attributes()) ? LdapSaid.DISABLED : said;
        });
    }

    /**
     * As much work for the directory as a password that somebody typed: a name that it does not have is refused without looking at the password, which would
     * tell by the time it takes who is there. The reader's own counts against nobody.
     */
    private static void vainly(LDAPConnection connection, LdapSettings settings, String reader) {
        boolean anonymous = settings.bindDn().isEmpty();
        bind(
                connection,
                settings,
                anonymous ? new RDN("cn", UUID.randomUUID().toString()) + "," + settings.baseDn() : settings.bindDn(),
                anonymous ? UUID.randomUUID().toString() : reader);
    }

    private List<SearchResultEntry> found(LDAPConnection connection, LdapSettings settings, Whose whose) {
        String attribute = settings.attributes().getOrDefault("key", "");
        List<SearchResultEntry> found = search(
                connection,
                settings,
                Filter.createORFilter(LdapValues.stored(whose.key(), attribute).stream()
                        .map(value -> Filter.createEqualityFilter(attribute, value))
                        .toList()));
        String mail = settings.attributes().get("address");
        if (found.isEmpty() && mail != null && whose.address() != null) {
            found = search(connection, settings, Filter.createEqualityFilter(mail, whose.address()));
        }
        return found.stream()
                .filter(entry -> whose.key().equals(LdapValues.key(entry, attribute)))
                .toList();
    }

    private List<SearchResultEntry> search(LDAPConnection connection, LdapSettings settings, Filter which) {
        try {
            return connection
                    .search(new SearchRequest(
                            settings.baseDn(),
                            SearchScope.SUB,
                            DereferencePolicy.NEVER,
                            FEW,
                            SECONDS,
                            false,
                            Filter.createANDFilter(LdapSettings.filter(settings.filter()), which),
                            LdapPeople.asked(settings.attributes())))
                    .getSearchEntries();
        } catch (LDAPException e) {
            throw LdapTrouble.searching(e, settings);
        }
    }

    private static LdapSaid bind(LDAPConnection connection, LdapSettings settings, String dn, String password) {
        try {
            return connection
                            .bind(new SimpleBindRequest(dn, password))
                            .getResultCode()
                            .equals(ResultCode.SUCCESS)
                    ? LdapSaid.RIGHT
                    : LdapSaid.REFUSED;
        } catch (LDAPException e) {
            if (LdapTrouble.cut(e)) {
                throw LdapTrouble.binding(e, settings);
            }
            return said(e);
        }
    }

    private static LdapSaid said(LDAPException e) {
        String code = LdapTrouble.directoryCode(e);
        if (code == null) {
            return e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS) ? LdapSaid.WRONG : LdapSaid.REFUSED;
        }
        return switch (code) {
            case "530", "531" -> LdapSaid.HOURS;
            case "532" -> LdapSaid.EXPIRED;
            case "533" -> LdapSaid.DISABLED;
            case "701" -> LdapSaid.ENDED;
            case "773" -> LdapSaid.MUST_CHANGE;
            case "775" -> LdapSaid.LOCKED;
            default -> LdapSaid.WRONG;
        };
    }

    /** An entry without a name would be bound as nobody. */
    private static boolean nameless(SearchResultEntry entry) {
        try {
            return new DN(entry.getDN()).isNullDN();
        } catch (LDAPException e) {
            return true;
        }
    }
}
