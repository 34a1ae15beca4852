package org.entente.provisioning.ldap;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.entente.catalog.Catalog;
import org.entente.identity.AppPasswords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Serves the trees of services by LDAP, read-only. Closed unless {@code entente.ldap.port} is set. In clear to this machine only; from
 * elsewhere by TLS, with the certificate of the SSL bundle {@code entente.ldap.ssl-bundle} ({@code spring.ssl.bundle.pem.*}).
 */
@Component
class LdapTreeDoor implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LdapTreeDoor.class);
    private static final int MOST_CONNECTIONS = 500;
    private static final int LARGEST_REQUEST = 64 * 1024;

    private final LdapRequests requests;
    private final SslBundles bundles;
    private final int port;
    private final String address;
    private final String bundle;
    private @Nullable LDAPListener listener;

    LdapTreeDoor(
            Tree tree,
            Catalog catalog,
            AppPasswords passwords,
            SslBundles bundles,
            @Value("${entente.ldap.port:-1}") int port,
            @Value("${entente.ldap.address:127.0.0.1}") String address,
            @Value("${entente.ldap.ssl-bundle:}") String bundle,
            @Value("${entente.ldap.connections-each:100}") int connectionsEach,
            @Value("${entente.ldap.idle:10m}") Duration idle) {
        this.requests = new LdapRequests(tree, new Readers(catalog, passwords), new LdapClients(connectionsEach, idle));
        this.bundles = bundles;
        this.port = port;
        this.address = address;
        this.bundle = bundle;
    }

    /** Where it listens; -1 when it is closed. */
    int port() {
        LDAPListener open = listener;
        return open == null ? -1 : open.getListenPort();
    }

    @Override
    public void start() {
        if (port < 0) {
            return;
        }
        try {
            InetAddress where = InetAddress.getByName(address);
            if (bundle.isBlank() && !where.isLoopbackAddress()) {
                throw new IllegalStateException(
                        "entente.ldap.address is not this machine’s loopback: passwords would go in clear. "
                                + "Set entente.ldap.ssl-bundle to an SSL bundle (spring.ssl.bundle.pem.NAME.keystore.certificate and .private-key)");
            }
            LDAPListenerConfig config = new LDAPListenerConfig(port, requests);
            config.setListenAddress(where);
            config.setMaxConnections(MOST_CONNECTIONS);
            config.setMaxMessageSizeBytes(LARGEST_REQUEST);
            config.setUseKeepAlive(true);
            if (!bundle.isBlank()) {
                config.setServerSocketFactory(
                        bundles.getBundle(bundle).createSslContext().getServerSocketFactory());
            }
            LDAPListener opened = new LDAPListener(config);
            opened.startListening();
            listener = opened;
            log.info("LDAP{} listens on {}:{}", bundle.isBlank() ? "" : "S", address, opened.getListenPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("entente.ldap.address: no such address: " + address, e);
        } catch (IOException e) {
            throw new IllegalStateException("LDAP cannot listen on " + address + ":" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        LDAPListener open = listener;
        if (open != null) {
            open.shutDown(true);
            listener = null;
        }
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }
}
