package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Map;
import org.entente.files.FileProperties;

/** Writes an answer in XML as it is made up: nothing of it is gathered. */
final class XmlOut implements AutoCloseable {

    static final String OWNCLOUD = "http://owncloud.org/ns";
    static final String NEXTCLOUD = "http://nextcloud.org/ns";

    /** The namespace whose {@code message} the usual clients show to people. */
    static final String SABRE = "http://sabredav.org/ns";

    private static final Map<String, String> PREFIXES =
            Map.of(Xml.DAV, "d", OWNCLOUD, "oc", NEXTCLOUD, "nc", SABRE, "s");

    private static final int SOME = 16 * 1024;

    private final Writer to;
    private final StringBuilder out = new StringBuilder(SOME + 1024);

    XmlOut(OutputStream out) throws IOException {
        to = new OutputStreamWriter(out, UTF_8);
        this.out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    }

    /** The outermost element, of {@code DAV:}. */
    XmlOut root(String name) throws IOException {
        out.append("<d:")
                .append(name)
                .append(" xmlns:d=\"")
                .append(Xml.DAV)
                .append("\" xmlns:oc=\"")
                .append(OWNCLOUD);
        out.append("\" xmlns:nc=\"")
                .append(NEXTCLOUD)
                .append("\" xmlns:s=\"")
                .append(SABRE)
                .append("\">");
        return this;
    }

    XmlOut open(String davName) throws IOException {
        out.append("<d:").append(davName).append('>');
        return this;
    }

    XmlOut close(String davName) throws IOException {
        out.append("</d:").append(davName).append('>');
        return sent();
    }

    XmlOut empty(String davName) throws IOException {
        out.append("<d:").append(davName).append("/>");
        return this;
    }

    XmlOut element(String davName, String text) throws IOException {
        return open(davName).text(text).close(davName);
    }

    XmlOut text(String text) throws IOException {
        Xml.escape(out, text);
        return this;
    }

    /** Of any namespace. */
    XmlOut empty(FileProperties.Name name) throws IOException {
        return property(name, "");
    }

    /** @param content already XML */
    XmlOut property(FileProperties.Name name, String content) throws IOException {
        String prefix = PREFIXES.get(name.namespace());
        String tag = prefix != null
                ? prefix + ":" + name.name()
                : name.namespace().isEmpty() ? name.name() : "x:" + name.name();
        out.append('<').append(tag);
        if (prefix == null && !name.namespace().isEmpty()) {
            out.append(" xmlns:x=\"");
            text(name.namespace());
            out.append('"');
        }
        if (content.isEmpty()) {
            out.append("/>");
        } else {
            out.append('>').append(content).append("</").append(tag).append('>');
        }
        return sent();
    }

    /** @param xml whole elements, by themselves */
    XmlOut raw(String xml) throws IOException {
        out.append(xml);
        return sent();
    }

    private XmlOut sent() throws IOException {
        if (out.length() >= SOME) {
            to.append(out);
            out.setLength(0);
        }
        return this;
    }

    void flush() throws IOException {
        to.append(out);
        out.setLength(0);
        to.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
