package org.entente.sources.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/** Makes sockets that do not wait for ever for a server that has taken the connection and says nothing. */
final class LdapSockets extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final int patience;

    LdapSockets(SSLSocketFactory factory, Duration patience) {
        this.factory = factory;
        this.patience = (int) patience.toMillis();
    }

    @Override
    public Socket createSocket() throws IOException {
        return patient(factory.createSocket());
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        below.setSoTimeout(patience);
        return patient(factory.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw noOtherWay();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw noOtherWay();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return patient(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return patient(factory.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    private Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(patience);
        return socket;
    }

    /** A name would be resolved again, past what was checked. */
    private static IOException noOtherWay() {
        return new IOException("only to addresses that were checked");
    }
}
