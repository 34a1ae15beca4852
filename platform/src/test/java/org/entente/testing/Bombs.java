package org.entente.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that are very large once they are unpacked. */
public final class Bombs {

    private Bombs() {}

    /** A text document whose one paragraph is this many megabytes of one letter. */
    public static byte[] odt(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "mimetype", "application/vnd.oasis.opendocument.text");
            zip.putNextEntry(new ZipEntry("content.xml"));
            zip.write("""
                    <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
                    """.getBytes(StandardCharsets.UTF_8));
            byte[] spaces = new byte[1 << 20];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < megabytes; i++) {
                zip.write(spaces);
            }
            zip.write("</office:text></office:body></office:document-content>".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** Zip in zip in zip, each with ten of the next, at their bottom a gigabyte of text. */
    public static byte[] nested(int depth) throws IOException {
        byte[] within = new byte[1 << 20];
        Arrays.fill(within, (byte) 'a');
        for (int i = 0; i < depth; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (int n = 0; n < 10; n++) {
                    zip.putNextEntry(new ZipEntry(n + (i == 0 ? ".txt" : ".zip")));
                    zip.write(within);
                }
            }
            within = out.toByteArray();
        }
        return within;
    }

    /** Zeros, of which a thousand become one. */
    public static byte[] gzip(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                zip.write(zeros);
            }
        }
        return out.toByteArray();
    }

    /** Entities of entities. */
    public static byte[] laughs() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            xml.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return xml.append("]><l>&a29;</l>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A picture whose head says that it is as large, and that has nothing else. */
    public static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(nothing)) {
            deflater.write(new byte[1_000_000]);
        }
        chunk(out, "IDAT", nothing.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        out.write(ByteBuffer.allocate(4).putInt(content.length).array());
        out.write(named);
        out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
