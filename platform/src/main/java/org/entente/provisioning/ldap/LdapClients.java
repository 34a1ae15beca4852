package org.entente.provisioning.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps one machine from taking all connections, and gives those back that nobody uses. */
final class LdapClients {

    private final Map<InetAddress, Integer> connected = new ConcurrentHashMap<>();
    private final int mostEach;
    private final Duration idle;

    LdapClients(int mostEach, Duration idle) {
        this.mostEach = mostEach;
        this.idle = idle;
    }

    /** A connection that counts until it is closed. */
    final class Place {

        private final InetAddress client;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(InetAddress client) {
            this.client = client;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                connected.computeIfPresent(client, (address, now) -> now == 1 ? null : now - 1);
            }
        }
    }

    /** Refused when that machine has as many as it may. */
    Place enter(Socket socket) throws LDAPException {
        try {
            // Whoever asks nothing for that long is cut; the library ends a connection whose reading times out.
            socket.setSoTimeout(Math.toIntExact(idle.toMillis()));
        } catch (SocketException gone) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, "The connection is gone", gone);
        }
        InetAddress client = socket.getInetAddress();
        if (connected.merge(client, 1, Integer::sum) > mostEach) {
            new Place(client).leave();
            throw new LDAPException(ResultCode.BUSY, "At most " + mostEach + " connections from one machine");
        }
        return new Place(client);
    }
}
