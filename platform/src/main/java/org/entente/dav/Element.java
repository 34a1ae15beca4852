package org.entente.dav;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.files.FileProperties;

/**
 * An element of what a client sent.
 *
 * @param scope every prefix that means something here, with its namespace; the empty one is the default namespace
 * @param attributes as written: prefix, name and value
 * @param content texts and elements in their order
 */
record Element(
        String prefix,
        FileProperties.Name name,
        Map<String, String> scope,
        List<Attribute> attributes,
        String language,
        List<Object> content) {

    record Attribute(String prefix, String name, String value) {}

    boolean is(String davName) {
        return name.namespace().equals(Xml.DAV) && name.name().equals(davName);
    }

    Stream<Element> children() {
        return content.stream().filter(Element.class::isInstance).map(Element.class::cast);
    }

    Optional<Element> child(String davName) {
        return children().filter(child -> child.is(davName)).findFirst();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        content.stream().filter(String.class::isInstance).forEach(text::append);
        return text.toString().strip();
    }

    /** Whole and by itself: it means the same wherever it is put. */
    String written() {
        StringBuilder out = new StringBuilder();
        write(out, Map.of(), true);
        return out.toString();
    }

    /** What is within, each element by itself. */
    String writtenContent() {
        StringBuilder out = new StringBuilder();
        for (Object part : content) {
            if (part instanceof Element element) {
                element.write(out, Map.of(), false);
            } else {
                Xml.escape(out, (String) part);
            }
        }
        return out.toString();
    }

    private void write(StringBuilder out, Map<String, String> around, boolean withLanguage) {
        Xml.bound(out);
        String tag = prefix.isEmpty() ? name.name() : prefix + ":" + name.name();
        out.append('<').append(tag);
        scope.forEach((known, namespace) -> {
            if (!namespace.equals(around.get(known)) && !(known.isEmpty() && namespace.isEmpty() && around.isEmpty())) {
                out.append(known.isEmpty() ? " xmlns" : " xmlns:" + known).append("=\"");
                Xml.escape(out, namespace);
                out.append('"');
            }
        });
        boolean said = false;
        for (Attribute attribute : attributes) {
            said |= attribute.prefix().equals("xml") && attribute.name().equals("lang");
            out.append(' ')
                    .append(attribute.prefix().isEmpty() ? "" : attribute.prefix() + ":")
                    .append(attribute.name())
                    .append("=\"");
            Xml.escape(out, attribute.value());
            out.append('"');
        }
        if (withLanguage && !said && !language.isEmpty()) {
            out.append(" xml:lang=\"");
            Xml.escape(out, language);
            out.append('"');
        }
        if (content.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (Object part : content) {
            if (part instanceof Element element) {
                element.write(out, scope, false);
            } else {
                Xml.escape(out, (String) part);
            }
        }
        out.append("</").append(tag).append('>');
    }
}
