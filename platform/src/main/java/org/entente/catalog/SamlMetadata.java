package org.entente.catalog;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What an application says of itself in SAML 2.0 metadata (OASIS saml-metadata-2.0, 2.4.4), as far as a descriptor needs it.
 *
 * @param assertionConsumerServices those by HTTP-POST, the application's usual one first
 * @param singleLogoutService by HTTP-POST
 * @param singleLogoutSoap by SOAP, from server to server
 * @param certificate with which it signs, when it says that its requests are signed
 */
record SamlMetadata(
        String entityId,
        List<String> assertionConsumerServices,
        @Nullable String singleLogoutService,
        @Nullable String singleLogoutSoap,
        @Nullable String certificate) {

    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    private static final String POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    private static final String SOAP = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP";
    private static final int MOST_CHARACTERS = 500_000;

    SamlMetadata {
        assertionConsumerServices = List.copyOf(assertionConsumerServices);
    }

    /** @throws Refusal in words, when it is no metadata of an application */
    static SamlMetadata read(@Nullable String xml) {
        Element root = parsed(xml == null ? "" : xml.strip()).getDocumentElement();
        List<Element> entities = root.getLocalName().equals("EntitiesDescriptor")
                ? descendants(root, METADATA, "EntityDescriptor")
                : List.of(root);
        Element entity = entities.stream()
                .filter(one -> !children(one, "SPSSODescriptor").isEmpty())
                .findFirst()
                .orElseThrow(() -> Refusal.invalidField("xml", "saml-metadata.no-application"));
        Element application = children(entity, "SPSSODescriptor").getFirst();
        List<String> consumers = consumers(application);
        if (consumers.isEmpty()) {
            throw Refusal.invalidField("xml", "saml-metadata.no-post");
        }
        return new SamlMetadata(
                entity.getAttribute("entityID"),
                consumers,
                logout(application, POST),
                logout(application, SOAP),
                isTrue(application.getAttribute("AuthnRequestsSigned")) ? certificate(application) : null);
    }

    /** XML Schema part 2, 3.2.2: there are two ways of saying so, and room around them. */
    private static boolean isTrue(String said) {
        return said.strip().equals("true") || said.strip().equals("1");
    }

    private static List<String> consumers(Element application) {
        List<String> consumers = new ArrayList<>();
        for (Element one : children(application, "AssertionConsumerService")) {
            if (POST.equals(one.getAttribute("Binding"))) {
                if (isTrue(one.getAttribute("isDefault"))) {
                    consumers.addFirst(one.getAttribute("Location"));
                } else {
                    consumers.add(one.getAttribute("Location"));
                }
            }
        }
        return consumers.stream().distinct().toList();
    }

    private static @Nullable String logout(Element application, String binding) {
        return children(application, "SingleLogoutService").stream()
                .filter(one -> binding.equals(one.getAttribute("Binding")))
                .map(one -> one.getAttribute("Location"))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String certificate(Element application) {
        return children(application, "KeyDescriptor").stream()
                .filter(key -> !"encryption".equals(key.getAttribute("use")))
                .flatMap(key -> descendants(key, SIGNATURE, "X509Certificate").stream())
                .map(one -> one.getTextContent().replaceAll("\\s", ""))
                .findFirst()
                .orElse(null);
    }

    /** No document type: with one, a parser can be led to read other files (XXE). */
    private static Document parsed(String xml) {
        if (xml.isEmpty() || xml.length() > MOST_CHARACTERS) {
            throw Refusal.invalidField("xml", "saml-metadata.unreadable");
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException e) {
            throw Refusal.invalidField("xml", "saml-metadata.unreadable");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> children(Element of, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && METADATA.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    private static List<Element> descendants(Element of, String namespace, String name) {
        NodeList found = of.getElementsByTagNameNS(namespace, name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }
}
