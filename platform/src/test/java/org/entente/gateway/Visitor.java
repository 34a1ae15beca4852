package org.entente.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** A browser as far as cookies go: each host has its own, by the rules of RFC 6265. Every name of the tests leads to this machine. */
final class Visitor implements AutoCloseable {

    private final BasicCookieStore cookies = new BasicCookieStore();
    private final CloseableHttpClient http = HttpClients.custom()
            .setDefaultCookieStore(cookies)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new SystemDefaultDnsResolver() {
                        @Override
                        public InetAddress[] resolve(String host) throws UnknownHostException {
                            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
                        }
                    })
                    .build())
            .build();

    record Answer(URI uri, int status, String body, List<String> headers) {

        String header(String name) {
            return all(name).stream().findFirst().orElse("");
        }

        List<String> all(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }
    }

    /** Signs in at the portal: from here on this browser holds the session's cookie, for the portal's host alone. */
    void holds(String name, String value, String host) {
        BasicClientCookie cookie = new BasicClientCookie(name, value);
        cookie.setDomain(host);
        cookie.setPath("/");
        cookies.addCookie(cookie);
    }

    Optional<String> cookie(String name, String host) {
        return cookies.getCookies().stream()
                .filter(cookie ->
                        cookie.getName().equals(name) && cookie.getDomain().equals(host))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** A page that is opened, redirects and all. */
    Answer open(String url) throws IOException {
        Answer answer = get(url, "Accept: text/html");
        for (int hops = 0; hops < 8 && !answer.header("Location").isEmpty(); hops++) {
            answer = get(answer.uri().resolve(answer.header("Location")).toString(), "Accept: text/html");
        }
        return answer;
    }

    Answer get(String url, String... headers) throws IOException {
        return send("GET", url, null, headers);
    }

    Answer send(String method, String url, @Nullable String body, String... headers) throws IOException {
        HttpEntity entity = body == null ? null : new StringEntity(body, UTF_8);
        try (ClassicHttpResponse answer = start(method, url, entity, headers)) {
            return new Answer(
                    URI.create(url),
                    answer.getCode(),
                    answer.getEntity() == null ? "" : EntityUtils.toString(answer.getEntity(), UTF_8),
                    Arrays.stream(answer.getHeaders())
                            .map(h -> h.getName() + ": " + h.getValue())
                            .toList());
        } catch (org.apache.hc.core5.http.ParseException e) {
            throw new IOException(e);
        }
    }

    /** As far as the head of the answer; the rest is still to come. */
    ClassicHttpResponse start(String method, String url, @Nullable HttpEntity body, String... headers)
            throws IOException {
        URI uri = URI.create(url);
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            request.addHeader(parts[0], parts[1]);
        }
        if (body != null) {
            request.setEntity(body);
        }
        return http.executeOpen(
                new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()), request, HttpClientContext.create());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
