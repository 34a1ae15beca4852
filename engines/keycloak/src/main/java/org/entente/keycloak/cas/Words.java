package org.entente.keycloak.cas;

import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.entente.keycloak.Json;

/** How a verdict is written: the XML of CAS 2 and 3, their JSON, the two lines of CAS 1. */
final class Words {

    private static final String PREFIX = "cas";
    private static final String NAMESPACE = "http://www.yale.edu/tp/cas";

    private Words() {}

    static String xml(Verdict verdict) {
        return write(xml -> {
            xml.writeStartElement(PREFIX, "serviceResponse", NAMESPACE);
            xml.writeNamespace(PREFIX, NAMESPACE);
            switch (verdict) {
                case Verdict.Good good -> {
                    xml.writeStartElement(PREFIX, "authenticationSuccess", NAMESPACE);
                    element(xml, "user", good.user());
                    xml.writeStartElement(PREFIX, "attributes", NAMESPACE);
                    for (Map.Entry<String, Object> attribute : good.attributes().entrySet()) {
                        for (Object value : values(attribute.getValue())) {
                            element(xml, attribute.getKey(), value.toString());
                        }
                    }
                    xml.writeEndElement();
                }
                case Verdict.Bad bad -> {
                    xml.writeStartElement(PREFIX, "authenticationFailure", NAMESPACE);
                    xml.writeAttribute("code", bad.code().name());
                    xml.writeCharacters(legal(bad.why()));
                }
            }
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    static String json(Verdict verdict) {
        Map<String, Object> answer = switch (verdict) {
            case Verdict.Good good ->
                Map.of("authenticationSuccess", Map.of("user", good.user(), "attributes", good.attributes()));
            case Verdict.Bad bad ->
                Map.of("authenticationFailure", Map.of("code", bad.code().name(), "description", bad.why()));
        };
        return Json.write(Map.of("serviceResponse", answer));
    }

    /** CAS 1 knows no reasons and no attributes. */
    static String lines(Verdict verdict) {
        return verdict instanceof Verdict.Good good ? "yes\n" + good.user().replaceAll("\\R", " ") + "\n" : "no\n\n";
    }

    /** What writes itself with a writer that escapes whatever must be. */
    @FunctionalInterface
    interface Written {
        void to(XMLStreamWriter xml) throws XMLStreamException;
    }

    static String write(Written document) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            document.to(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    /** Without the characters that no XML document may hold, escaped or not: one of them in a name would close every application. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints()
                .filter(one -> one == '\t'
                        || one == '\n'
                        || (one >= 0x20 && one <= 0xD7FF)
                        || (one >= 0xE000 && one <= 0xFFFD)
                        || one >= 0x10000)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(PREFIX, name, NAMESPACE);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private static Collection<?> values(Object value) {
        return value instanceof Collection<?> several ? several : List.of(value);
    }
}
