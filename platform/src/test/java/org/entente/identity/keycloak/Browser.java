package org.entente.identity.keycloak;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** As much of a browser as Keycloak's pages need: cookies, redirects within the server, forms. */
public final class Browser {

    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);

    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

    /** Nothing listens there in these tests. */
    private static final int PORTAL = 8400;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String page = "";
    private int status;
    private URI at = URI.create("http://localhost/");
    private URI left;

    /** Opens an address; stops at a page, or where it would leave {@code localhost} or go back to the portal. */
    public Browser open(String url) {
        return follow(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /** Sends the first form that has a field of this name. */
    public Browser send(String field, String... namesAndValues) {
        Matcher forms = FORM.matcher(page);
        while (forms.find()) {
            if (forms.group(2).contains("name=\"" + field + "\"")) {
                String action = forms.group(1).replace("&amp;", "&");
                Map<String, String> form = new LinkedHashMap<>();
                for (int i = 0; i < namesAndValues.length; i += 2) {
                    form.put(namesAndValues[i], namesAndValues[i + 1]);
                }
                return follow(HttpRequest.newBuilder(at.resolve(action))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
            }
        }
        throw new AssertionError("No form with a field " + field + " in: " + page);
    }

    /** Sends a form of another site's page there. */
    public Browser post(String url, String... namesAndValues) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return follow(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
    }

    /** Sends the first form that has a field of this name: these values, and what is hidden in it. */
    public Browser submit(String field, String... namesAndValues) {
        Matcher forms = FORM.matcher(page);
        while (forms.find()) {
            if (forms.group(2).contains("name=\"" + field + "\"")) {
                Map<String, String> all = new LinkedHashMap<>();
                Matcher inputs = HIDDEN.matcher(forms.group(2));
                while (inputs.find()) {
                    Matcher name = NAME.matcher(inputs.group());
                    Matcher value = VALUE.matcher(inputs.group());
                    if (name.find()) {
                        all.put(name.group(1), value.find() ? HtmlUtils.htmlUnescape(value.group(1)) : "");
                    }
                }
                for (int i = 0; i < namesAndValues.length; i += 2) {
                    all.put(namesAndValues[i], namesAndValues[i + 1]);
                }
                return send(
                        field,
                        all.entrySet().stream()
                                .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                                .toArray(String[]::new));
            }
        }
        throw new AssertionError("No form with a field " + field + " in: " + page);
    }

    /** The hidden value of a field of the page. */
    public String value(String field) {
        Matcher value =
                Pattern.compile("name=\"" + field + "\" value=\"([^\"]*)\"").matcher(page);
        if (!value.find()) {
            throw new AssertionError("No " + field + " in: " + page);
        }
        return value.group(1);
    }

    public String link() {
        Matcher link = Pattern.compile("<a class=\"main\" href=\"([^\"]+)\"").matcher(page);
        if (!link.find()) {
            throw new AssertionError("No main link in: " + page);
        }
        return link.group(1).replace("&amp;", "&");
    }

    public String page() {
        return page;
    }

    public String title() {
        Matcher title = Pattern.compile("<h1>(.*?)</h1>", Pattern.DOTALL).matcher(page);
        return title.find() ? title.group(1).strip() : "";
    }

    public int status() {
        return status;
    }

    /** Where the first form of the page leads. */
    public String action() {
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new AssertionError("No form in: " + page);
        }
        return form.group(1).replace("&amp;", "&");
    }

    /** As when somebody signs out of another site in the same browser. */
    public void forget(String cookie) {
        cookies.remove(cookie);
    }

    /** Whether it was sent on to the app. */
    public boolean arrived() {
        return left != null;
    }

    /** The parameter of the address at which the app would be reached again. */
    public String parameter(String name) {
        if (left == null) {
            throw new AssertionError("Still at Keycloak: " + page);
        }
        return Arrays.stream(left.getQuery().split("&"))
                .filter(one -> one.startsWith(name + "="))
                .map(one -> one.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + left));
    }

    /** The whole address at which the app would be reached again. */
    public String left() {
        if (left == null) {
            throw new AssertionError("Still at Keycloak: " + page);
        }
        return left.toString();
    }

    private Browser follow(HttpRequest.Builder request) {
        left = null;
        try {
            HttpRequest.Builder next = request;
            while (true) {
                next.setHeader(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining("; ")));
                HttpResponse<String> response = http.send(next.build(), HttpResponse.BodyHandlers.ofString());
                response.headers().allValues("set-cookie").forEach(this::keep);
                String to = response.headers().firstValue("location").orElse(null);
                status = response.statusCode();
                page = response.body();
                if (to == null) {
                    at = response.uri();
                    return this;
                }
                URI target = response.uri().resolve(to);
                if (!"localhost".equals(target.getHost()) || target.getPort() == PORTAL) {
                    left = target;
                    return this;
                }
                next = HttpRequest.newBuilder(target).GET();
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
