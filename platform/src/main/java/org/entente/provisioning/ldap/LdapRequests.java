package org.entente.provisioning.ldap;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.listener.SearchEntryParer;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Answers one connection: binds and searches; whatever would change something is refused, and so is what is asked before a bind. */
final class LdapRequests extends LDAPListenerRequestHandler {

    private static final Logger log = LoggerFactory.getLogger(LdapRequests.class);
    private static final int MOST_ENTRIES = 50_000;
    private static final long LONGEST_SECONDS = 20;
    private static final int DEEPEST_FILTER = 50;

    private final Tree tree;
    private final Readers readers;
    private final LdapClients clients;
    private final @Nullable LDAPListenerClientConnection connection;
    private final LdapClients.@Nullable Place place;

    /** Who this connection is: an application when {@code self} is null, else a person, who sees nothing but that entry. */
    private @Nullable String service;

    private @Nullable DN self;

    /** Makes those that answer. */
    LdapRequests(Tree tree, Readers readers, LdapClients clients) {
        this(tree, readers, clients, null, null);
    }

    private LdapRequests(
            Tree tree,
            Readers readers,
            LdapClients clients,
            @Nullable LDAPListenerClientConnection connection,
            LdapClients.@Nullable Place place) {
        this.tree = tree;
        this.readers = readers;
        this.clients = clients;
        this.connection = connection;
        this.place = place;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection of) throws LDAPException {
        // A request so deep that reading it overflows the stack ends its thread and nothing else: no place stays taken.
        of.setUncaughtExceptionHandler((thread, failure) -> {
            log.warn("An LDAP connection failed: {}", failure.toString());
            closed(of);
        });
        return new LdapRequests(tree, readers, clients, of, clients.enter(of.getSocket()));
    }

    private static void closed(LDAPListenerClientConnection connection) {
        try {
            connection.close();
        } catch (IOException gone) {
            log.debug("An LDAP connection was gone already", gone);
        }
    }

    @Override
    public void closeInstance() {
        if (place != null) {
            place.leave();
        }
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        service = null;
        self = null;
        Answer answer = guarded(controls, () -> bind(request));
        return new LDAPMessage(id, new BindResponseProtocolOp(answer.code(), null, answer.why(), null, null));
    }

    /** A result code (RFC 4511) and why. */
    private record Answer(int code, @Nullable String why) {
        static Answer of(ResultCode code, @Nullable String why) {
            return new Answer(code.intValue(), why);
        }
    }

    private interface Step {
        Answer run() throws LDAPException;
    }

    private static Answer guarded(List<Control> controls, Step step) {
        for (Control control : controls) {
            if (control.isCritical()) {
                return Answer.of(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "No such control here: " + control.getOID());
            }
        }
        try {
            return step.run();
        } catch (LDAPException e) {
            return Answer.of(e.getResultCode(), e.getMessage());
        } catch (Refusal refusal) {
            boolean often = refusal.kind() == Refusal.Kind.TOO_MANY;
            return often
                    ? Answer.of(ResultCode.BUSY, "Too many failures: wait a minute")
                    : Answer.of(ResultCode.UNAVAILABLE, "Not now: try again");
        } catch (DataAccessException e) {
            log.warn("LDAP cannot answer: {}", e.getMessage());
            return Answer.of(ResultCode.UNAVAILABLE, "Not now: try again");
        }
    }

    private Answer bind(BindRequestProtocolOp request) throws LDAPException {
        if (request.getCredentialsType() != BindRequestProtocolOp.CRED_TYPE_SIMPLE) {
            return Answer.of(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "Simple binds only");
        }
        DN dn = new DN(request.getBindDN());
        String password = Objects.requireNonNull(request.getSimplePassword()).stringValue();
        if (password.isEmpty()) {
            // RFC 4513, 5.1.2: an application that forgot to look at what was typed must not take this for a success.
            return Answer.of(ResultCode.UNWILLING_TO_PERFORM, "A bind needs a password");
        }
        String asked = Tree.service(dn);
        if (asked != null && readers.isReader(asked, dn, password)) {
            service = asked;
            return Answer.of(ResultCode.SUCCESS, null);
        }
        TreeRow person = asked == null || !readers.serves(asked) ? null : tree.person(asked, dn);
        if (asked != null && person != null && readers.isPerson(asked, person, password, remote())) {
            service = asked;
            self = dn;
            return Answer.of(ResultCode.SUCCESS, null);
        }
        return Answer.of(ResultCode.INVALID_CREDENTIALS, null);
    }

    private String remote() {
        return connection == null ? "" : connection.getSocket().getInetAddress().getHostAddress();
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        Answer answer = guarded(controls, () -> search(id, request));
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(answer.code(), null, answer.why(), null));
    }

    private Answer search(int id, SearchRequestProtocolOp request) throws LDAPException {
        DN base = new DN(request.getBaseDN());
        if (base.isNullDN() && request.getScope() == SearchScope.BASE) {
            Entry root = new Entry("", new com.unboundid.ldap.sdk.Attribute("objectClass", "top"));
            root.addAttribute("supportedLDAPVersion", "3");
            send(id, request, root);
            return Answer.of(ResultCode.SUCCESS, null);
        }
        String mine = service;
        if (mine == null) {
            return Answer.of(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "Bind first, as cn=reader,dc=SERVICE,dc=entente");
        }
        if (!mine.equals(Tree.service(base))) {
            return Answer.of(ResultCode.NO_SUCH_OBJECT, "This application reads below " + Tree.root(mine));
        }
        if (deeperThan(DEEPEST_FILTER, request.getFilter())) {
            return Answer.of(ResultCode.UNWILLING_TO_PERFORM, "At most " + DEEPEST_FILTER + " filters in one another");
        }
        long deadline = System.nanoTime() + seconds(request.getTimeLimit()) * 1_000_000_000L;
        int most = request.getSizeLimit() > 0 ? Math.min(request.getSizeLimit(), MOST_ENTRIES) : MOST_ENTRIES;
        Sending sending = new Sending(id, request, base, deadline, most);
        DN person = self;
        if (person == null) {
            tree.candidates(mine, request.getFilter(), sending);
        } else {
            TreeRow row = tree.person(mine, person);
            if (row != null) {
                sending.take(Tree.entry(mine, row));
            }
        }
        return sending.answer;
    }

    private static boolean deeperThan(int most, Filter filter) {
        List<Filter> level = List.of(filter);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > most) {
                return true;
            }
            List<Filter> below = new ArrayList<>();
            for (Filter one : level) {
                below.addAll(List.of(one.getComponents()));
                if (one.getNOTComponent() != null) {
                    below.add(one.getNOTComponent());
                }
            }
            level = below;
        }
        return false;
    }

    /** Sends what matches as it comes, until there is enough of it or it takes too long. */
    private final class Sending implements Tree.Taker {

        private final int id;
        private final SearchRequestProtocolOp request;
        private final DN base;
        private final long deadline;
        private final int most;
        private int sent;
        private Answer answer = Answer.of(ResultCode.SUCCESS, null);

        private Sending(int id, SearchRequestProtocolOp request, DN base, long deadline, int most) {
            this.id = id;
            this.request = request;
            this.base = base;
            this.deadline = deadline;
            this.most = most;
        }

        @Override
        public boolean take(Entry entry) throws LDAPException {
            // Before looking: a filter that nothing matches would go on without an end.
            if (System.nanoTime() - deadline > 0) {
                answer = Answer.of(ResultCode.TIME_LIMIT_EXCEEDED, "Narrow the filter");
                return false;
            }
            if (!entry.matchesBaseAndScope(base, request.getScope())
                    || !request.getFilter().matchesEntry(entry)) {
                return true;
            }
            if (sent >= most) {
                answer = Answer.of(ResultCode.SIZE_LIMIT_EXCEEDED, "More than " + most + " entries: narrow the filter");
                return false;
            }
            sent++;
            send(id, request, entry);
            return true;
        }
    }

    private static long seconds(int asked) {
        return asked > 0 ? Math.min(asked, LONGEST_SECONDS) : LONGEST_SECONDS;
    }

    private void send(int id, SearchRequestProtocolOp request, Entry entry) throws LDAPException {
        Entry asked = new SearchEntryParer(request.getAttributes(), null).pareEntry(entry);
        Objects.requireNonNull(connection).sendSearchResultEntry(id, new SearchResultEntryProtocolOp(asked));
    }

    private static final int READ_ONLY = ResultCode.UNWILLING_TO_PERFORM_INT_VALUE;
    private static final String WHY = "This directory is read-only: people are kept in Entente";

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new AddResponseProtocolOp(READ_ONLY, null, WHY, null));
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new DeleteResponseProtocolOp(READ_ONLY, null, WHY, null));
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ModifyResponseProtocolOp(READ_ONLY, null, WHY, null));
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new ModifyDNResponseProtocolOp(READ_ONLY, null, WHY, null));
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(id, new CompareResponseProtocolOp(READ_ONLY, null, "Search instead", null));
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(
                id,
                new ExtendedResponseProtocolOp(
                        ResultCode.PROTOCOL_ERROR_INT_VALUE, null, "No such operation here", null, null, null));
    }
}
