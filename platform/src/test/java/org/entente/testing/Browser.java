package org.entente.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * As much of a browser as signing in takes: cookies, redirects and forms. Unlike the JDK's, it sends {@code Secure} cookies to
 * localhost over http, as browsers do.
 */
public final class Browser {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final int MOST_REDIRECTS = 15;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<URI> visited = new ArrayList<>();

    /** What was answered at the end of the redirects. */
    public record Page(URI uri, int status, String body, Map<String, List<String>> headers) {

        /** Where the first form of the page is sent to. */
        public URI form() {
            Matcher form = FORM.matcher(body);
            if (!form.find()) {
                throw new AssertionError("No form at " + uri + " (" + status + "): " + body);
            }
            return uri.resolve(HtmlUtils.htmlUnescape(form.group(1)));
        }

        public boolean has(String field) {
            return body.contains("name=\"" + field + "\"");
        }
    }

    public Page open(URI uri) throws IOException, InterruptedException {
        return follow(request(uri).GET().build());
    }

    public Page submit(URI form, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return follow(request(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** A call of the web application's own, with its token against forged requests. */
    public Page call(String method, URI uri, String json) throws IOException, InterruptedException {
        return follow(request(uri)
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", ""))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Fills in Keycloak's pages until they lead back to the portal. */
    public Page signIn(URI start, String portal, String name, String password)
            throws IOException, InterruptedException {
        Page page = open(start);
        for (int pages = 0; pages < 5 && !page.uri().toString().startsWith(portal); pages++) {
            Map<String, String> fields = new LinkedHashMap<>();
            if (page.has("username")) {
                fields.put("username", name);
            }
            if (page.has("password")) {
                fields.put("password", password);
            }
            page = submit(page.form(), fields);
        }
        return page;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** Every address asked, redirects too. */
    public List<URI> visited() {
        return visited;
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept-Language", "fr");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Page follow(HttpRequest request) throws IOException, InterruptedException {
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            visited.add(request.uri());
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            String location = answer.headers().firstValue("Location").orElse(null);
            if (location == null || answer.statusCode() < 300 || answer.statusCode() > 399) {
                return new Page(
                        request.uri(),
                        answer.statusCode(),
                        answer.body(),
                        answer.headers().map());
            }
            request = request(request.uri().resolve(location)).GET().build();
        }
        throw new AssertionError("Too many redirects: " + visited);
    }

    private void keep(String header) {
        String[] parts = header.split(";", 2);
        String[] pair = parts[0].split("=", 2);
        if (pair[1].isEmpty() || header.contains("Max-Age=0")) {
            cookies.remove(pair[0].strip());
        } else {
            cookies.put(pair[0].strip(), pair[1].strip());
        }
    }
}
