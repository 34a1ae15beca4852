package org.entente.identity.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import org.entente.identity.SignInPeople;
import org.entente.testing.TestKeycloak;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A CAS application: sends browsers to sign in, asks about their tickets, and is told when sessions end. */
record TestCasApp(String id) {

    static final String CAS = "http://www.yale.edu/tp/cas";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();
    private static final HttpServer SERVER = started();

    /** What a validation has answered; {@code code} is empty for a good ticket. */
    record Answer(String user, Map<String, List<String>> attributes, String code, String why) {
        String one(String attribute) {
            return String.join("|", attributes.getOrDefault(attribute, List.of()));
        }
    }

    /** Its page that is on this machine, so that it can be told of sign-outs. */
    String here() {
        return "http://localhost:" + SERVER.getAddress().getPort() + "/" + id + "/";
    }

    /** Its usual page. */
    String there() {
        return "https://" + id + ".test/cas";
    }

    /** A capacity that gives these applications. */
    static SignInPeople.Capacity at(String siret) {
        return TestPeople.at(siret, "agenda", "mediatheque", "guichet");
    }

    static String endpoint(String path) {
        return TestKeycloak.url() + "/realms/entente/protocol/cas/" + path;
    }

    static String url(String path, String... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append(i == 0 ? "?" : "&")
                    .append(namesAndValues[i])
                    .append("=")
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return endpoint(path) + query;
    }

    static String login(String service, String... more) {
        List<String> all = new ArrayList<>(List.of("service", service));
        all.addAll(List.of(more));
        return url("login", all.toArray(String[]::new));
    }

    /** The ticket that a browser has brought to {@link #here()}. */
    static String ticket(Browser browser) {
        String page = browser.page();
        if (!page.startsWith("ticket=")) {
            throw new AssertionError("No ticket was brought: " + page);
        }
        return page.substring("ticket=".length());
    }

    static String text(String url) {
        HttpResponse<String> response = get(url);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Where it leads, which is not followed. */
    static String redirect(String url) {
        return get(url).headers().firstValue("location").orElse("");
    }

    private static HttpResponse<String> get(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer asks(String ticket, String service, String... more) {
        return asksAt("serviceValidate", ticket, service, more);
    }

    static Answer asksAt(String path, String ticket, String service, String... more) {
        List<String> all = new ArrayList<>(List.of("ticket", ticket, "service", service));
        all.addAll(List.of(more));
        return read(text(url(path, all.toArray(String[]::new))));
    }

    static Answer read(String xml) {
        Document document = parsed(xml);
        List<Element> failures = all(document, CAS, "authenticationFailure");
        if (!failures.isEmpty()) {
            Element failure = failures.getFirst();
            return new Answer("", Map.of(), failure.getAttribute("code"), failure.getTextContent());
        }
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        Element holder = all(document, CAS, "attributes").getFirst();
        for (int i = 0; i < holder.getChildNodes().getLength(); i++) {
            if (holder.getChildNodes().item(i) instanceof Element one) {
                attributes
                        .computeIfAbsent(one.getLocalName(), name -> new ArrayList<>())
                        .add(one.getTextContent());
            }
        }
        return new Answer(all(document, CAS, "user").getFirst().getTextContent(), attributes, "", "");
    }

    /** The tickets whose sessions it was told have ended, by messages that are whole. */
    List<String> endedTickets() {
        return RECEIVED.stream()
                .filter(one -> one.startsWith("/" + id + "/ logoutRequest="))
                .map(one -> parsed(one.substring(one.indexOf('=') + 1)))
                .map(request -> {
                    Element root = request.getDocumentElement();
                    if (!root.getLocalName().equals("LogoutRequest")
                            || root.getAttribute("ID").isEmpty()
                            || all(request, TestSamlApp.ASSERTION, "NameID").isEmpty()) {
                        throw new AssertionError("Not a request to sign out");
                    }
                    return all(request, "urn:oasis:names:tc:SAML:2.0:protocol", "SessionIndex")
                            .getFirst()
                            .getTextContent();
                })
                .toList();
    }

    /** Whatever has called this machine. */
    static List<String> received() {
        return List.copyOf(RECEIVED);
    }

    private static Document parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
            throw new AssertionError(xml, e);
        }
    }

    private static List<Element> all(Document in, String namespace, String name) {
        NodeList found = in.getElementsByTagNameNS(namespace, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TestCasApp::take);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            RECEIVED.add(exchange.getRequestURI().getPath() + " " + URLDecoder.decode(body, StandardCharsets.UTF_8));
        }
        String query = exchange.getRequestURI().getQuery();
        byte[] page = (query == null ? body : query).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }
}
