package org.entente.identity.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Applications on this machine that everybody has and that are told when sessions end, each by another means: {@code dossier} by SAML (SOAP), {@code registre}
 * by OpenID Connect, {@code agora} by CAS; {@code kiosque} has no means to be told.
 */
public final class ToldApps {

    /** A logout request by SOAP. */
    public record Request(String id, String about, String session, String issuer, String destination) {}

    /** How {@code dossier} answers. */
    public enum Answer {
        SUCCESS,
        CANNOT,
        FAULT,
        /** Says that all is well, to a request that is not the one it was sent. */
        TO_ANOTHER,
        /** Begins to answer, and never ends. */
        DRIPS,
        /** With a document type, by which a parser could be led to read a file. */
        WITH_A_DOCTYPE
    }

    private static final HttpServer SERVER = started();
    private static final List<Request> SOAP = new CopyOnWriteArrayList<>();
    private static final List<String> TOKENS = new CopyOnWriteArrayList<>();
    private static final List<String> TICKETS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger HUNG_UP = new AtomicInteger();
    private static volatile Answer answer = Answer.SUCCESS;
    private static volatile int registre = 200;

    private ToldApps() {}

    public static void answerWith(Answer dossier, int registreStatus) {
        answer = dossier;
        registre = registreStatus;
    }

    /** What {@code dossier} was told of this subject. */
    public static List<Request> soap(String about) {
        return SOAP.stream().filter(one -> one.about().equals(about)).toList();
    }

    /** How often somebody has hung up on {@code dossier}, which dripped. */
    static int hungUp() {
        return HUNG_UP.get();
    }

    public static List<String> tokens() {
        return List.copyOf(TOKENS);
    }

    public static List<String> tickets() {
        return List.copyOf(TICKETS);
    }

    public static String url(String path) {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort() + path;
    }

    public static TestSamlApp dossier() {
        return TestCatalog.saml("dossier");
    }

    static Map<String, String> descriptions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("dossier", everyone("dossier", """
                  kind: saml
                  entityId: %s
                  assertionConsumerService: ["%s"]
                  singleLogoutSoap: "%s"
                  initiateUrl: "https://dossier.test/"
                """.formatted(
                        dossier().entityId(), dossier().consumer(), url("/dossier/soap"))));
        all.put(
                "registre",
                everyone("registre", oidc("registre") + "  backChannelLogoutUri: \"" + url("/registre") + "\"\n"));
        all.put("kiosque", everyone("kiosque", oidc("kiosque")));
        all.put(
                "vitrine",
                everyone(
                        "vitrine",
                        oidc("vitrine") + "  frontChannelLogoutUri: \"https://vitrine.test/bye?from=entente\"\n"));
        all.put("agora", everyone("agora", """
                  kind: cas
                  serviceUrls: ["%s*"]
                  initiateUrl: "https://agora.test/"
                """.formatted(url("/agora"))));
        return all;
    }

    private static String oidc(String id) {
        return """
                  kind: oidc
                  clientId: %1$s
                  secret: "${secret:TOLD}"
                  redirectUris: ["%2$s"]
                  initiateUrl: "https://%1$s.test/"
                """.formatted(id, TestApp.REDIRECT);
    }

    private static String everyone(String id, String signIn) {
        return TestCatalog.description(id, signIn) + "everyone: true\n";
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/dossier/soap", ToldApps::dossier);
            server.createContext("/registre", exchange -> {
                TOKENS.add(text(exchange));
                exchange.sendResponseHeaders(registre, -1);
                exchange.close();
            });
            server.createContext("/agora", exchange -> {
                TICKETS.add(text(exchange));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dossier(HttpExchange exchange) throws IOException {
        Document document = parsed(text(exchange));
        Element request =
                (Element) document.getElementsByTagNameNS("*", "LogoutRequest").item(0);
        TestSamlApp.validate(request);
        SOAP.add(new Request(
                request.getAttribute("ID"),
                of(request, "NameID"),
                of(request, "SessionIndex"),
                of(request, "Issuer"),
                request.getAttribute("Destination")));
        Answer now = answer;
        if (now == Answer.DRIPS) {
            Thread.startVirtualThread(() -> drip(exchange));
            return;
        }
        String to = now == Answer.TO_ANOTHER ? "LR-" + UUID.randomUUID() : request.getAttribute("ID");
        String status = now == Answer.CANNOT ? "Responder" : "Success";
        String body = now == Answer.FAULT
                ? "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><soap:Fault/></soap:Body></soap:Envelope>"
                : """
                %s<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>\
                <samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" InResponseTo="%s">\
                <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:%s"/></samlp:Status>\
                </samlp:LogoutResponse></soap:Body></soap:Envelope>""".formatted(
                        now == Answer.WITH_A_DOCTYPE ? "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" : "",
                        to,
                        status);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(now == Answer.FAULT ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void drip(HttpExchange exchange) {
        try {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            HUNG_UP.incrementAndGet();
        }
    }

    private static String of(Element in, String name) {
        return in.getElementsByTagNameNS("*", name).item(0).getTextContent();
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Document parsed(String xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
            throw new IOException(e);
        }
    }
}
