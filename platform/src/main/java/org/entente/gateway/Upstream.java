package org.entente.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The client that speaks to applications. Apache's, since the JDK's can neither keep the {@code Host} that the browser asked nor send a header that is
 * not US-ASCII. It passes on what it is given: no cookies, redirects, compression or credentials of its own.
 */
@Configuration(proxyBeanMethods = false)
class Upstream {

    private static final int MOST_OF_ONE = 200;
    private static final int MOST = 2000;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 300;

    /** @param connect how long an application may take to accept a connection */
    @Bean(destroyMethod = "close")
    CloseableHttpClient applications(@Value("${entente.gateway.connect:5s}") Duration connect) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .charCodingConfig(
                                CharCodingConfig.custom().setCharset(ISO_8859_1).build())
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setSocketTimeout(Timeout.of(connect)) // for the TLS handshake; then what the descriptor says
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .setMaxConnPerRoute(MOST_OF_ONE)
                .setMaxConnTotal(MOST)
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRetryStrategy(new OnlyWhenTheConnectionWasStale())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    /** A kept connection that the application had closed: once more, if the method may be repeated. An answer is never asked again. */
    private static final class OnlyWhenTheConnectionWasStale extends DefaultHttpRequestRetryStrategy {

        OnlyWhenTheConnectionWasStale() {
            super(
                    1,
                    TimeValue.ZERO_MILLISECONDS,
                    List.of(
                            java.io.InterruptedIOException.class,
                            java.net.UnknownHostException.class,
                            java.net.ConnectException.class,
                            ConnectionClosedException.class,
                            java.net.NoRouteToHostException.class,
                            javax.net.ssl.SSLException.class),
                    List.of());
        }

        @Override
        public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
            return false;
        }

        @Override
        protected boolean handleAsIdempotent(HttpRequest request) {
            return "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
        }
    }
}
