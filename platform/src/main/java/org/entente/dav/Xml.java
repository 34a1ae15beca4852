package org.entente.dav;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.entente.files.FileProperties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request: small, not deep, and with nothing of XML that reaches outside of it or grows while it is read (no document type at
 * all, so no entity of its own either).
 */
final class Xml {

    static final String DAV = "DAV:";

    private static final int LARGEST = 512 * 1024;
    private static final int DEEPEST = 50;
    private static final int MOST = 5_000;
    private static final int MOST_SCOPE = 2_048;
    private static final int MOST_WRITTEN = 64 * 1024;

    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside is read");
        });
        return factory;
    }

    /** Empty for no body at all. Refused with 400 when it is not XML or means no good, with 413 when it is too large. */
    static Optional<Element> read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        if (bytes.length > LARGEST) {
            throw tooLarge();
        }
        try {
            XMLStreamReader reader = reader(bytes);
            try {
                return Optional.of(tree(reader));
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw DavError.of(400, "dav.xml");
        }
    }

    /** The JDK's factory keeps the reader it made last, and so is for one thread at a time. */
    private static synchronized XMLStreamReader reader(byte[] bytes) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
    }

    private static Element tree(XMLStreamReader reader) throws XMLStreamException {
        Deque<Element> open = new ArrayDeque<>();
        int seen = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++seen > MOST || open.size() >= DEEPEST) {
                        throw tooLarge();
                    }
                    Element element = start(reader, open.peek());
                    if (!open.isEmpty()) {
                        open.element().content().add(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Element done = open.pop();
                    if (open.isEmpty()) {
                        toTheEnd(reader);
                        return done;
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.element().content().add(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw DavError.of(400, "dav.xml");
                default -> {
                    // comments and instructions say nothing to us
                }
            }
        }
        throw DavError.of(400, "dav.xml");
    }

    private static void toTheEnd(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    private static Element start(XMLStreamReader reader, @Nullable Element around) {
        Map<String, String> scope = around == null ? Map.of() : around.scope();
        if (reader.getNamespaceCount() > 0) {
            scope = new LinkedHashMap<>(scope);
            for (int i = 0; i < reader.getNamespaceCount(); i++) {
                scope.put(
                        Objects.requireNonNullElse(reader.getNamespacePrefix(i), ""),
                        Objects.requireNonNullElse(reader.getNamespaceURI(i), ""));
            }
            // Written again with each property that is kept: it must not multiply.
            if (scope.size() > DEEPEST || letters(scope) > MOST_SCOPE) {
                throw tooLarge();
            }
        }
        String language = around == null ? "" : around.language();
        List<Element.Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = Objects.requireNonNullElse(reader.getAttributePrefix(i), "");
            attributes.add(new Element.Attribute(prefix, reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
            if (prefix.equals("xml") && reader.getAttributeLocalName(i).equals("lang")) {
                language = reader.getAttributeValue(i);
            }
        }
        return new Element(
                Objects.requireNonNullElse(reader.getPrefix(), ""),
                new FileProperties.Name(
                        Objects.requireNonNullElse(reader.getNamespaceURI(), ""), reader.getLocalName()),
                scope,
                attributes,
                language,
                new ArrayList<>());
    }

    private static int letters(Map<String, String> scope) {
        return scope.entrySet().stream()
                .mapToInt(one -> one.getKey().length() + one.getValue().length())
                .sum();
    }

    /** While an element is written by itself. */
    static void bound(StringBuilder out) {
        if (out.length() > MOST_WRITTEN) {
            throw tooLarge();
        }
    }

    private static DavError tooLarge() {
        return DavError.of(413, "dav.xml-large");
    }

    /** For texts and for attributes in double quotes; what XML cannot say at all becomes a replacement character. */
    static void escape(StringBuilder out, String text) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '>' && c < Character.MIN_SURROGATE || c == ' ') {
                continue; // as nearly all are
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            String instead = instead(c);
            if (instead != null) {
                out.append(text, from, i).append(instead);
                from = i + 1;
            }
        }
        out.append(text, from, text.length());
    }

    private static @Nullable String instead(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\t', '\n', '\r' -> "&#" + (int) c + ';';
            default -> c < ' ' || Character.isSurrogate(c) || c >= '\ufffe' ? "\ufffd" : null;
        };
    }
}
