package org.entente.sources;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.entente.identity.keycloak.Browser;
import org.entente.testing.TestCertificates;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SAML provider that says whatever a test wants it to say, and signs it or does not; made without the help of Keycloak. */
final class TestSamlProvider {

    static final String ENTITY = "https://town.test/saml";
    /** Looked at, never called: the browser of these tests stops before it. */
    private static final String SIGN_IN = "https://9.9.9.9/sso";

    private final TestCertificates.Server key =
            new TestCertificates("Town").server("town.test", Instant.now().minusSeconds(60));

    /** What is signed. */
    enum Signed {
        ASSERTION,
        RESPONSE,
        NOTHING
    }

    String metadata() throws Exception {
        return """
                <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="%s">
                <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data>
                <ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
                <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%s"/>
                </md:IDPSSODescriptor></md:EntityDescriptor>""".formatted(
                ENTITY, Base64.getEncoder().encodeToString(key.certificate().getEncoded()), SIGN_IN);
    }

    /** Answers the request with which a browser was sent here. */
    String answer(Browser browser, String consumer, String audience, String mail, String context, Signed signed)
            throws Exception {
        Instant now = Instant.now();
        String request = inResponseTo(browser.parameter("SAMLRequest"));
        String assertion = "_" + UUID.randomUUID();
        String response = "_" + UUID.randomUUID();
        Document document = parsed("""
                <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="%1$s" Version="2.0" \
                IssueInstant="%2$s" Destination="%3$s" InResponseTo="%4$s"><saml:Issuer>%5$s</saml:Issuer><samlp:Status>\
                <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="%6$s" Version="2.0" IssueInstant="%2$s">\
                <saml:Issuer>%5$s</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">%7$s</saml:NameID>\
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="%4$s" NotOnOrAfter="%8$s" \
                Recipient="%3$s"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="%2$s" NotOnOrAfter="%8$s"><saml:AudienceRestriction>\
                <saml:Audience>%9$s</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="%2$s" SessionIndex="s1">\
                <saml:AuthnContext><saml:AuthnContextClassRef>%10$s</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>\
                <saml:Attribute Name="mail"><saml:AttributeValue>%7$s</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>\
                </samlp:Response>""".formatted(
                response, now, consumer, request, ENTITY, assertion, mail, now.plusSeconds(120), audience, context));
        if (signed != Signed.NOTHING) {
            Element what = signed == Signed.RESPONSE
                    ? document.getDocumentElement()
                    : (Element)
                            document.getElementsByTagNameNS("*", "Assertion").item(0);
            sign(what, signed == Signed.RESPONSE ? response : assertion);
        }
        return Base64.getEncoder().encodeToString(text(document).getBytes(StandardCharsets.UTF_8));
    }

    private void sign(Element what, String id) throws Exception {
        what.setIdAttribute("ID", true);
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
                factory.newSignatureMethod(
                        key.key().getPrivate().getAlgorithm().equals("RSA")
                                ? SignatureMethod.RSA_SHA256
                                : "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                        null),
                List.of(reference));
        factory.newXMLSignature(info, null)
                .sign(new DOMSignContext(
                        key.key().getPrivate(), what, what.getFirstChild().getNextSibling()));
    }

    private static String inResponseTo(String request) throws IOException {
        try (var inflated = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(request)), new Inflater(true))) {
            Matcher id = Pattern.compile(" ID=\"([^\"]+)\"")
                    .matcher(new String(inflated.readAllBytes(), StandardCharsets.UTF_8));
            if (!id.find()) {
                throw new AssertionError("No ID in the request");
            }
            return id.group(1);
        }
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Document document) throws Exception {
        StringWriter out = new StringWriter();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        return out.toString();
    }
}
