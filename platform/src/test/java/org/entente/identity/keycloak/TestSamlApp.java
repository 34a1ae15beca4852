package org.entente.identity.keycloak;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.entente.testing.TestKeycloak;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A SAML application: makes requests (redirect binding), and believes an assertion only by its signature. */
public record TestSamlApp(String entityId, String consumer) {

    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String ENDPOINT = "/realms/entente/protocol/saml";
    private static final KeyStore KEYS = keys();

    /** What a good assertion says. */
    public record Assertion(
            String about,
            String format,
            String audience,
            String recipient,
            String inResponseTo,
            String session,
            Map<String, List<String>> attributes) {}

    static String endpoint() {
        return TestKeycloak.url() + ENDPOINT;
    }

    static String certificate(String alias) {
        try {
            return Base64.getEncoder().encodeToString(KEYS.getCertificate(alias).getEncoded());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String newId() {
        return "_" + UUID.randomUUID();
    }

    public String request(String id) {
        return """
                <samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="%s" ID="%s" Version="2.0" \
                IssueInstant="%s" Destination="%s" AssertionConsumerServiceURL="%s" \
                ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>%s</saml:Issuer></samlp:AuthnRequest>""".formatted(ASSERTION, id, Instant.now(), endpoint(), consumer, entityId);
    }

    /** The person signs out in the application. */
    String logout(String id, Assertion of) {
        return """
                <samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="%s" ID="%s" Version="2.0" \
                IssueInstant="%s" Destination="%s"><saml:Issuer>%s</saml:Issuer><saml:NameID Format="%s">%s</saml:NameID>\
                <samlp:SessionIndex>%s</samlp:SessionIndex></samlp:LogoutRequest>""".formatted(ASSERTION, id, Instant.now(), endpoint(), entityId, of.format(), of.about(), of.session());
    }

    /** The realm's answer to it. */
    static void loggedOut(Browser browser, String id) {
        Document document =
                parsed(new String(Base64.getDecoder().decode(browser.value("SAMLResponse")), StandardCharsets.UTF_8));
        validate(document.getDocumentElement());
        if (!document.getDocumentElement().getLocalName().equals("LogoutResponse")
                || !document.getDocumentElement().getAttribute("InResponseTo").equals(id)) {
            throw new AssertionError("Not the answer to " + id);
        }
    }

    public String url(String request) {
        return endpoint() + "?" + query(request);
    }

    /** Signed with one of our keys (SAML 2.0 Bindings 3.4.4.1). */
    String signedUrl(String request, String alias) {
        try {
            String query = query(request) + "&SigAlg=" + encoded("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign((PrivateKey) KEYS.getKey(alias, PASSWORD.toCharArray()));
            signature.update(query.getBytes(StandardCharsets.UTF_8));
            return endpoint() + "?" + query + "&Signature="
                    + encoded(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the page by which the browser carries the response here; refuses whatever is not signed by the realm. */
    public Assertion received(Browser browser) {
        return received(new String(Base64.getDecoder().decode(browser.value("SAMLResponse")), StandardCharsets.UTF_8));
    }

    Assertion received(String response) {
        Document document = parsed(response);
        Element assertion = (Element)
                document.getElementsByTagNameNS(ASSERTION, "Assertion").item(0);
        validate(document.getDocumentElement());
        validate(assertion);
        Element about = one(assertion, "NameID");
        Element confirmed = one(assertion, "SubjectConfirmationData");
        Map<String, List<String>> attributes = new TreeMap<>();
        for (Element attribute : all(assertion, "Attribute")) {
            attributes.put(
                    attribute.getAttribute("Name"),
                    all(attribute, "AttributeValue").stream()
                            .map(Element::getTextContent)
                            .toList());
        }
        return new Assertion(
                about.getTextContent(),
                about.getAttribute("Format"),
                one(assertion, "Audience").getTextContent(),
                confirmed.getAttribute("Recipient"),
                confirmed.getAttribute("InResponseTo"),
                one(assertion, "AuthnStatement").getAttribute("SessionIndex"),
                attributes);
    }

    /** Whether the realm has signed this element of a document, by the signature that is a child of it. */
    public static void validate(Element signed) {
        signed.setIdAttribute("ID", true);
        Element signature = children(signed, "Signature").getFirst();
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            DOMValidateContext context = new DOMValidateContext(realmKey(), signature);
            context.setProperty("org.jcp.xml.dsig.secureValidation", true);
            XMLSignature read = factory.unmarshalXMLSignature(context);
            String what = ((javax.xml.crypto.dsig.Reference)
                            read.getSignedInfo().getReferences().getFirst())
                    .getURI();
            if (!what.equals("#" + signed.getAttribute("ID")) || !read.validate(context)) {
                throw new AssertionError("The signature of " + signed.getLocalName() + " is not the realm's");
            }
        } catch (javax.xml.crypto.MarshalException | javax.xml.crypto.dsig.XMLSignatureException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicKey realmKey() {
        try {
            String metadata = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(endpoint() + "/descriptor"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher certificate = Pattern.compile("X509Certificate>([^<]+)<").matcher(metadata);
            if (!certificate.find()) {
                throw new AssertionError("No certificate in " + metadata);
            }
            byte[] bytes = Base64.getMimeDecoder().decode(certificate.group(1));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
        } catch (IOException | InterruptedException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    private static Element one(Element in, String name) {
        return all(in, name).getFirst();
    }

    private static List<Element> all(Element in, String name) {
        NodeList found = in.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<Element> children(Element in, String name) {
        return all(in, name).stream()
                .filter(element -> element.getParentNode().isSameNode(in))
                .toList();
    }

    private static String query(String request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflated.write(request.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "SAMLRequest=" + encoded(Base64.getEncoder().encodeToString(bytes.toByteArray())) + "&RelayState=here";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static final String PASSWORD = "not-a-secret";

    /** Two keys, made by the JDK's own tool for this run. */
    private static KeyStore keys() {
        try {
            Path store = Files.createTempDirectory("entente-saml").resolve("keys.p12");
            for (String alias : List.of("paie", "stranger")) {
                Process keytool = new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/keytool",
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-dname",
                                "CN=" + alias,
                                "-validity",
                                "30",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "not-a-secret")
                        .inheritIO()
                        .start();
                if (keytool.waitFor() != 0) {
                    throw new IOException("keytool failed");
                }
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(store)) {
                keys.load(in, "not-a-secret".toCharArray());
            }
            return keys;
        } catch (IOException | InterruptedException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
