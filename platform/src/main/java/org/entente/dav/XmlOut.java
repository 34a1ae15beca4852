package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
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

    private final Writer out;
    private final StringBuilder piece = new StringBuilder();

    XmlOut(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8), 16 * 1024);
        this.out.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    }

    /** The outermost element, of {@code DAV:}. */
    XmlOut root(String name) throws IOException {
        out.write("<d:" + name + " xmlns:d=\"" + Xml.DAV + "\" xmlns:oc=\"" + OWNCLOUD + "\" xmlns:nc=\"" + NEXTCLOUD
                + "\" xmlns:s=\"" + SABRE + "\">");
        return this;
    }

    XmlOut open(String davName) throws IOException {
        out.write("<d:" + davName + ">");
        return this;
    }

    XmlOut close(String davName) throws IOException {
        out.write("</d:" + davName + ">");
        return this;
    }

    XmlOut empty(String davName) throws IOException {
        out.write("<d:" + davName + "/>");
        return this;
    }

    XmlOut element(String davName, String text) throws IOException {
        return open(davName).text(text).close(davName);
    }

    XmlOut text(String text) throws IOException {
        piece.setLength(0);
        Xml.escape(piece, text);
        out.append(piece);
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
        out.write("<" + tag);
        if (prefix == null && !name.namespace().isEmpty()) {
            out.write(" xmlns:x=\"");
            text(name.namespace());
            out.write("\"");
        }
        out.write(content.isEmpty() ? "/>" : ">" + content + "</" + tag + ">");
        return this;
    }

    /** @param xml whole elements, by themselves */
    XmlOut raw(String xml) throws IOException {
        out.write(xml);
        return this;
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
