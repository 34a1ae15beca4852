package org.entente.sources.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what everybody trusts and the authority that the member gives; remembers, for one reading, why a certificate was not good enough. Its sockets give up a
 * handshake in which the server says nothing: the library would wait for ever.
 */
final class LdapTrust {

    private static final int LONGEST_PEM = 40_000;
    private static final int MOST_CERTIFICATES = 20;

    private final SSLSocketFactory sockets;
    private volatile @Nullable Refusal trouble;

    LdapTrust(@Nullable String ca, Duration patience) {
        try {
            TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            usual.init((KeyStore) null);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int n = 0;
            for (X509Certificate known : manager(usual).getAcceptedIssuers()) {
                store.setCertificateEntry("usual" + n++, known);
            }
            for (X509Certificate own : certificates(ca)) {
                store.setCertificateEntry("own" + n++, own);
            }
            TrustManagerFactory all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            all.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Remembering(manager(all))}, null);
            sockets = new LdapSockets(context.getSocketFactory(), patience);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLSocketFactory sockets() {
        return sockets;
    }

    /** Why the certificate of the server was refused, if it was. */
    @Nullable
    Refusal trouble() {
        return trouble;
    }

    SSLSocketVerifier verifier() {
        return new SSLSocketVerifier() {
            @Override
            public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
                try {
                    socket.startHandshake();
                    socket.setSoTimeout(0); // from now on the library watches over answers
                } catch (IOException e) {
                    throw new LDAPException(ResultCode.CONNECT_ERROR, String.valueOf(e.getMessage()), e);
                }
                try {
                    new HostNameSSLSocketVerifier(true).verifySSLSocket(host, port, socket);
                } catch (LDAPException e) {
                    trouble = Refusal.invalid("ldap.tls.name", host, names(socket));
                    throw e;
                }
            }
        };
    }

    static List<X509Certificate> certificates(@Nullable String pem) {
        if (pem == null) {
            return List.of();
        }
        if (pem.length() > LONGEST_PEM || !pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw Refusal.invalidField("ca", "ldap.ca");
        }
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (found.isEmpty() || found.size() > MOST_CERTIFICATES) {
                throw Refusal.invalidField("ca", "ldap.ca");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw Refusal.invalidField("ca", "ldap.ca");
        }
    }

    private static X509ExtendedTrustManager manager(TrustManagerFactory factory) {
        for (TrustManager one : factory.getTrustManagers()) {
            if (one instanceof X509ExtendedTrustManager manager) {
                return manager;
            }
        }
        throw new IllegalStateException("no trust manager");
    }

    private static String names(SSLSocket socket) {
        try {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            Collection<List<?>> alternative = certificate.getSubjectAlternativeNames();
            String found = alternative == null
                    ? certificate.getSubjectX500Principal().getName()
                    : alternative.stream().map(n -> String.valueOf(n.get(1))).collect(Collectors.joining(", "));
            return LdapTrouble.brief(found);
        } catch (IOException | CertificateParsingException e) {
            return "?";
        }
    }

    private final class Remembering extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager all;

        Remembering(X509ExtendedTrustManager all) {
            this.all = all;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            try {
                all.checkServerTrusted(chain, type, socket);
            } catch (CertificateException e) {
                trouble = said(chain, e);
                throw e;
            }
        }

        private static Refusal said(X509Certificate[] chain, CertificateException why) {
            String subject =
                    LdapTrouble.brief(chain[0].getSubjectX500Principal().getName());
            for (Throwable cause = why; cause != null; cause = cause.getCause()) {
                if (cause instanceof CertificateExpiredException) {
                    return Refusal.invalid(
                            "ldap.tls.expired",
                            subject,
                            chain[0].getNotAfter().toInstant().toString());
                }
            }
            String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
            return Refusal.invalid("ldap.tls.untrusted", subject, LdapTrouble.brief(issuer));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            all.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            all.checkServerTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return all.getAcceptedIssuers();
        }
    }
}
