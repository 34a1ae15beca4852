package org.entente.engines.reader;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Set;

/** What a document names is fetched from nowhere. The wall is the namespace this program is started in, where there is one; this is the second lock on the door. */
final class NoNetwork {

    private static final Set<String> OWN = Set.of("file", "jar", "jrt");

    private NoNetwork() {}

    @SuppressWarnings("deprecation") // nothing newer refuses all sockets
    static void refuse() throws IOException {
        Socket.setSocketImplFactory(() -> {
            throw new IllegalStateException("no network here");
        });
        ServerSocket.setSocketFactory(() -> {
            throw new IllegalStateException("no network here");
        });
        URL.setURLStreamHandlerFactory(protocol -> OWN.contains(protocol) ? null : new Refusing());
    }

    private static final class Refusing extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new SocketException("no network here");
        }
    }
}
