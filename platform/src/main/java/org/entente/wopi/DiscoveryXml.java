package org.entente.wopi;

import java.io.StringReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaTypeFactory;

/** Reads a discovery document: with no document type, so with no entity, and nothing outside of it. */
final class DiscoveryXml {

    private static final int MOST_ELEMENTS = 20_000;
    private static final int LONGEST_ADDRESS = 4_000;

    private DiscoveryXml() {}

    /** It is no discovery document, or one that means no good. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(@Nullable String why) {
            super(why);
        }
    }

    /** @param origin the server's own: what leads elsewhere is not taken */
    static Discovery read(String xml, String origin) throws Unreadable {
        Reading reading = new Reading(origin);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                reading.all(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new Unreadable(e.getMessage());
        }
        return reading.read();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside is read");
        });
        return factory;
    }

    private static final class Reading {

        private final String origin;
        private final Map<String, String> views = new HashMap<>();
        private final Map<String, String> edits = new HashMap<>();
        private final Collection<String> elsewhere = new TreeSet<>();
        private @Nullable ProofKeys proof;
        private int seen;
        private boolean discovery;

        Reading(String origin) {
            this.origin = origin;
        }

        void all(XMLStreamReader reader) throws XMLStreamException, Unreadable {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++seen > MOST_ELEMENTS) {
                            throw new Unreadable("too large");
                        }
                        start(reader);
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new Unreadable("it has a document type");
                    default -> {
                        // texts and comments say nothing to us
                    }
                }
            }
        }

        private void start(XMLStreamReader reader) throws Unreadable {
            switch (reader.getLocalName()) {
                case "wopi-discovery" -> discovery = seen == 1;
                case "action" -> action(reader);
                case "proof-key" -> proof = ProofKeys.read(name -> reader.getAttributeValue(null, name));
                default -> {
                    // zones and applications only group what is in them
                }
            }
        }

        private void action(XMLStreamReader reader) {
            String name = reader.getAttributeValue(null, "name");
            String ending = reader.getAttributeValue(null, "ext");
            String address = reader.getAttributeValue(null, "urlsrc");
            if (name == null || ending == null || ending.isBlank() || address == null) {
                return;
            }
            Map<String, String> into = switch (name) {
                case "edit" -> edits;
                case "view" -> views;
                default -> null;
            };
            if (into == null || address.length() > LONGEST_ADDRESS) {
                return;
            }
            Optional<String> its = WopiSettings.origin(address);
            if (its.filter(origin::equals).isPresent()) {
                into.putIfAbsent(ending.toLowerCase(Locale.ROOT), address);
            } else {
                elsewhere.add(its.orElse(address));
            }
        }

        Discovery read() throws Unreadable {
            if (!discovery) {
                throw new Unreadable("it does not begin with wopi-discovery");
            }
            Map<String, Discovery.Kind> kinds = new HashMap<>();
            edits.forEach((ending, edit) -> kinds.put(ending, new Discovery.Kind(views.get(ending), edit)));
            views.forEach((ending, view) -> {
                if (!isPicture(ending)) {
                    kinds.putIfAbsent(ending, new Discovery.Kind(view, null));
                }
            });
            return new Discovery(kinds, elsewhere, proof);
        }

        /** The portal shows them by itself. */
        private static boolean isPicture(String ending) {
            return MediaTypeFactory.getMediaType("x." + ending)
                    .filter(type -> type.getType().equals("image"))
                    .isPresent();
        }
    }
}
