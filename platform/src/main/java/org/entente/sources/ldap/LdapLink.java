package org.entente.sources.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads all entries that a filter finds, a page at a time (RFC 2696), over TLS, from an address that {@link Reach} allows. It is all of them or a refusal: what
 * was read before an outage is nobody's. Referrals are not followed, since they would lead the platform and the password to other servers.
 */
@Component
class LdapLink {

    static final int MOST = 50_000;
    private static final int PAGE = 1_000;
    private static final int LARGEST_MESSAGE = 4 << 20;

    private final Reach reach;
    private final Duration connecting;
    private final Duration answering;
    private final Duration inAll;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ldap-watch").daemon().factory());

    LdapLink(
            Reach reach,
            @Value("${entente.sources.ldap.connect:10s}") Duration connecting,
            @Value("${entente.sources.ldap.answer:30s}") Duration answering,
            @Value("${entente.sources.ldap.reading:5m}") Duration inAll) {
        this.reach = reach;
        this.connecting = connecting;
        this.answering = answering;
        this.inAll = inAll;
    }

    /** Gives every entry to {@code each}, in the order of the server; throws when the last one was not reached. */
    void read(LdapSettings settings, String password, String[] attributes, Consumer<SearchResultEntry> each) {
        bound(settings, password, connection -> {
            pages(connection, settings, attributes, each);
            return true;
        });
    }

    /** Works on a connection on which the member's reader is bound; it is cut when that takes too long. */
    <T> T bound(LdapSettings settings, String password, Function<LDAPConnection, T> work) {
        AtomicBoolean tooLong = new AtomicBoolean();
        try (LDAPConnection connection = open(settings)) {
            ScheduledFuture<?> end = watch.schedule(
                    () -> {
                        tooLong.set(true);
                        connection.close();
                    },
                    inAll.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                bind(connection, settings, password);
                return work.apply(connection);
            } catch (Refusal refusal) {
                throw tooLong.get() ? Refusal.of(Refusal.Kind.UNAVAILABLE, "ldap.long", inAll.toMinutes()) : refusal;
            } finally {
                end.cancel(false);
            }
        }
    }

    private LDAPConnection open(LdapSettings settings) {
        InetAddress[] addresses = reach.of(settings.host());
        LDAPException last = null;
        for (InetAddress address : addresses) {
            LdapTrust trust = new LdapTrust(settings.ca(), connecting);
            LDAPConnection connection = settings.ldaps()
                    ? new LDAPConnection(trust.sockets(), options(trust))
                    : new LDAPConnection(options(trust));
            long since = System.nanoTime();
            try {
                connection.connect(bare(settings.host()), address, settings.port(), (int) connecting.toMillis());
                if (!settings.ldaps()) {
                    startTls(connection, settings, trust);
                }
                return connection;
            } catch (LDAPException e) {
                connection.close();
                Refusal distrust = trust.trouble();
                if (distrust != null) {
                    throw distrust;
                }
                // A handshake that was given up reaches us as a closed socket: only the time it took tells why.
                if (System.nanoTime() - since >= connecting.toNanos()) {
                    throw LdapTrouble.timeout(settings);
                }
                last = e;
            } catch (Refusal refusal) {
                connection.close();
                throw refusal;
            }
        }
        throw LdapTrouble.connecting(java.util.Objects.requireNonNull(last), settings);
    }

    private LDAPConnectionOptions options(LdapTrust trust) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) connecting.toMillis());
        options.setResponseTimeoutMillis(answering.toMillis());
        options.setFollowReferrals(false);
        options.setAutoReconnect(false);
        options.setUseSchema(false);
        options.setMaxMessageSize(LARGEST_MESSAGE);
        options.setBindWithDNRequiresPassword(true);
        options.setSSLSocketVerifier(trust.verifier());
        return options;
    }

    private static void startTls(LDAPConnection connection, LdapSettings settings, LdapTrust trust) {
        try {
            ExtendedResult result = connection.processExtendedOperation(new StartTLSExtendedRequest(trust.sockets()));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(result);
            }
        } catch (LDAPException e) {
            Refusal distrust = trust.trouble();
            throw distrust != null ? distrust : LdapTrouble.startTls(e, settings);
        }
    }

    private static void bind(LDAPConnection connection, LdapSettings settings, String password) {
        try {
            connection.bind(new SimpleBindRequest(settings.bindDn(), password));
        } catch (LDAPException e) {
            throw LdapTrouble.binding(e, settings);
        }
    }

    private static void pages(
            LDAPConnection connection, LdapSettings settings, String[] attributes, Consumer<SearchResultEntry> each) {
        Collector collector = new Collector(connection);
        ASN1OctetString cookie = null;
        try {
            do {
                SearchRequest request = new SearchRequest(
                        collector,
                        settings.baseDn(),
                        SearchScope.SUB,
                        DereferencePolicy.NEVER,
                        0,
                        0,
                        false,
                        LdapSettings.filter(settings.filter()),
                        attributes);
                request.setControls(new Control[] {new SimplePagedResultsControl(PAGE, cookie, false)});
                SearchResult result = connection.search(request);
                cookie = next(result);
                collector.pass(each);
            } while (cookie != null);
        } catch (LDAPException e) {
            throw collector.tooMany() ? many() : LdapTrouble.searching(e, settings);
        }
        if (collector.tooMany()) {
            throw many();
        }
    }

    private static @Nullable ASN1OctetString next(SearchResult result) throws LDAPException {
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPSearchException(result);
        }
        SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
        return page != null && page.moreResultsToReturn() ? page.getCookie() : null;
    }

    private static Refusal many() {
        return Refusal.invalid("ldap.many", MOST);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Takes entries as they come, and closes the door on a server that sends without end. */
    private static final class Collector implements SearchResultListener {

        private static final long serialVersionUID = 1L;

        private final transient LDAPConnection connection;
        private final transient List<SearchResultEntry> page = new ArrayList<>();
        private final AtomicInteger count = new AtomicInteger();

        Collector(LDAPConnection connection) {
            this.connection = connection;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            if (count.incrementAndGet() > MOST) {
                connection.close();
            } else {
                page.add(entry);
            }
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // Not followed.
        }

        boolean tooMany() {
            return count.get() > MOST;
        }

        void pass(Consumer<SearchResultEntry> each) {
            page.forEach(each);
            page.clear();
        }
    }
}
