package org.entente.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Signs in as a browser does: follows redirects, keeps cookies (Secure ones too, as browsers do on localhost), fills forms. */
final class Browser {

    private static final int MOST_PAGES = 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();

    /** Says whether the person is signed in at the end. */
    boolean signIn(String portal, String address, String password) throws IOException, InterruptedException {
        URI at = URI.create(portal + "/sign-in");
        HttpResponse<String> page = get(at);
        for (int i = 0; i < MOST_PAGES; i++) {
            String location = page.headers().firstValue("location").orElse(null);
            if (location != null) {
                at = at.resolve(location);
                page = get(at);
                continue;
            }
            HttpResponse<String> next = fill(at, page.body(), address, password);
            if (next == null) {
                break;
            }
            page = next;
        }
        return get(URI.create(portal + "/api/me")).statusCode() == 200;
    }

    String cookieHeader(URI address) {
        return cookies.getOrDefault(site(address), Map.of()).entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private @Nullable HttpResponse<String> fill(URI at, String html, String address, String password)
            throws IOException, InterruptedException {
        Document page = Jsoup.parse(html, at.toString());
        Element form = page.selectFirst(
                "form[method=post]:has(input[name=username]), form[method=post]:has(input[name=password])");
        if (form == null) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element input : form.select("input[name]")) {
            fields.put(input.attr("name"), input.attr("value"));
        }
        fields.computeIfPresent("username", (name, value) -> address);
        fields.computeIfPresent("password", (name, value) -> password);
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        URI address = builder.build().uri();
        String known = cookieHeader(address);
        if (!known.isEmpty()) {
            builder.header("Cookie", known);
        }
        HttpResponse<String> answer =
                http.send(builder.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("set-cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.computeIfAbsent(site(address), site -> new LinkedHashMap<>())
                    .put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return answer;
    }

    private static String site(URI address) {
        return address.getHost() + ":" + address.getPort();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
