package org.entente.keycloak.backchannel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.protocol.saml.SamlSessionUtils;
import org.keycloak.services.Urls;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** SAML 2.0 single logout by SOAP (Profiles 4.4, Bindings 3.2): a signed LogoutRequest from server to server, and its answer. */
public final class SoapLogout {

    /** Client attribute: where the application takes it. Keycloak has a name for it and sends nothing there itself. */
    static final String URL = SamlProtocol.SAML_SINGLE_LOGOUT_SERVICE_URL_SOAP_ATTRIBUTE;

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String STATUS = "urn:oasis:names:tc:SAML:2.0:status:";
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private SoapLogout() {}

    static Optional<Notice> notice(AuthenticatedClientSessionModel clientSession) {
        String name = clientSession.getNote(SamlProtocol.SAML_NAME_ID);
        if (address(clientSession.getClient()) == null || name == null) {
            return Optional.empty();
        }
        return Optional.of(Notice.of(clientSession, Notice.Means.SAML_SOAP, facts(clientSession)));
    }

    private static Map<String, String> facts(AuthenticatedClientSessionModel clientSession) {
        String format = clientSession.getNote(SamlProtocol.SAML_NAME_ID_FORMAT);
        return Map.of(
                "nameId",
                clientSession.getNote(SamlProtocol.SAML_NAME_ID),
                "format",
                format == null ? "" : format,
                "index",
                SamlSessionUtils.getSessionIndex(clientSession));
    }

    static Optional<Message> message(KeycloakSession session, ClientModel client, Notice notice) {
        String url = address(client);
        if (url == null) {
            return Optional.empty();
        }
        String id = "LR-" + UUID.randomUUID();
        Document document = signed(session, id, url, notice.facts());
        return Optional.of(Message.soap(URI.create(url), enveloped(document), id));
    }

    private static Document signed(KeycloakSession session, String id, String url, Map<String, String> facts) {
        Document document = builder().newDocument();
        Element request = request(session, document, id, url, facts);
        document.appendChild(request);
        KeyWrapper key = session.keys().getActiveKey(session.getContext().getRealm(), KeyUse.SIG, Algorithm.RS256);
        sign(request, id, key);
        return document;
    }

    /** A request that the browser posts. */
    public record Post(String url, String request) {}

    /** For an application that takes its requests in the browser (HTTP-POST, Bindings 3.5) and not by SOAP. */
    public static Optional<Post> byPost(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        ClientModel client = clientSession.getClient();
        String url = client.getAttribute(SamlProtocol.SAML_SINGLE_LOGOUT_SERVICE_URL_POST_ATTRIBUTE);
        if (address(client) != null
                || url == null
                || url.isBlank()
                || clientSession.getNote(SamlProtocol.SAML_NAME_ID) == null) {
            return Optional.empty();
        }
        Document document = signed(session, "LR-" + UUID.randomUUID(), url, facts(clientSession));
        return Optional.of(
                new Post(url, Base64.getEncoder().encodeToString(text(document).getBytes(StandardCharsets.UTF_8))));
    }

    static @Nullable String address(ClientModel client) {
        String url = client.getAttribute(URL);
        return url == null || url.isBlank() ? null : url;
    }

    private static Element request(
            KeycloakSession session, Document document, String id, String url, Map<String, String> facts) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);
        Element request = document.createElementNS(PROTOCOL, "samlp:LogoutRequest");
        request.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:samlp", PROTOCOL);
        request.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:saml", ASSERTION);
        request.setAttribute("ID", id);
        request.setIdAttribute("ID", true);
        request.setAttribute("Version", "2.0");
        request.setAttribute("IssueInstant", now.toString());
        request.setAttribute("NotOnOrAfter", now.plus(GOOD_FOR).toString());
        request.setAttribute("Destination", url);
        Element issuer = document.createElementNS(ASSERTION, "saml:Issuer");
        issuer.setTextContent(Urls.realmIssuer(
                session.getContext().getUri(org.keycloak.urls.UrlType.FRONTEND).getBaseUri(),
                session.getContext().getRealm().getName()));
        Element name = document.createElementNS(ASSERTION, "saml:NameID");
        name.setTextContent(facts.get("nameId"));
        if (!facts.getOrDefault("format", "").isEmpty()) {
            name.setAttribute("Format", facts.get("format"));
        }
        Element index = document.createElementNS(PROTOCOL, "samlp:SessionIndex");
        index.setTextContent(facts.get("index"));
        List.of(issuer, name, index).forEach(request::appendChild);
        return request;
    }

    /** RSA with SHA-256 over the request alone, right behind its issuer (SAML Core 5.4). */
    private static void sign(Element request, String id, KeyWrapper key) {
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            var reference = factory.newReference(
                    "#" + id,
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(
                            factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                            factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null);
            var info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                    List.of(reference));
            KeyInfoFactory keys = factory.getKeyInfoFactory();
            var keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(List.of(key.getCertificate()))));
            DOMSignContext context = new DOMSignContext(
                    (PrivateKey) key.getPrivateKey(),
                    request,
                    request.getFirstChild().getNextSibling());
            context.setDefaultNamespacePrefix("ds");
            factory.newXMLSignature(info, keyInfo).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String enveloped(Document document) {
        Element request = document.getDocumentElement();
        Element envelope = document.createElementNS(ENVELOPE, "soap:Envelope");
        envelope.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:soap", ENVELOPE);
        Element body = document.createElementNS(ENVELOPE, "soap:Body");
        document.replaceChild(envelope, request);
        envelope.appendChild(body);
        body.appendChild(request);
        return text(document);
    }

    private static String text(Document document) {
        try {
            Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            StringWriter out = new StringWriter();
            writer.transform(new DOMSource(document), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the application answered: {@code Success}, another last word of a status of SAML (Core 3.2.2.2), or nothing when it is no
     * answer to this request.
     */
    static Optional<String> status(byte[] answer, String requestId) {
        try {
            Document document = builder().parse(new ByteArrayInputStream(answer));
            NodeList responses = document.getElementsByTagNameNS(PROTOCOL, "LogoutResponse");
            if (responses.getLength() != 1
                    || !(responses.item(0) instanceof Element response)
                    || !requestId.equals(response.getAttribute("InResponseTo"))) {
                return Optional.empty();
            }
            // The first is the outermost, which says how it went as a whole.
            Node code = response.getElementsByTagNameNS(PROTOCOL, "StatusCode").item(0);
            return code instanceof Element element
                            && element.getAttribute("Value").startsWith(STATUS)
                    ? Optional.of(element.getAttribute("Value").substring(STATUS.length()))
                            .filter(word -> word.matches("[A-Za-z]{1,40}"))
                    : Optional.empty();
        } catch (SAXException | IOException e) {
            return Optional.empty();
        }
    }

    /** No document type: with one, a parser can be led to read other files (XXE). */
    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
