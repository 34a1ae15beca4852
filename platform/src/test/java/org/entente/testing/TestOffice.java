package org.entente.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** LibreOffice where {@code .ci/run} or the machine has installed it, and documents that only somebody hostile writes. */
public final class TestOffice {

    public static final Path PROGRAM = Path.of("/usr/lib/libreoffice/program/soffice.bin");

    private TestOffice() {}

    public static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /** A text that says "Visible" and names other files: as sections and as pictures, to be fetched from there. */
    public static byte[] naming(String text, String picture) throws IOException {
        return odt("""
                <text:p>Visible</text:p>
                <text:section text:name="S1"><text:section-source xlink:type="simple" xlink:href="%1$s" xlink:show="embed"/><text:p>avant</text:p></text:section>
                <text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="%2$s" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
                """.formatted(text, picture));
    }

    private static byte[] odt(String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "mimetype", "application/vnd.oasis.opendocument.text");
            entry(zip, "content.xml", """
                    <?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body><office:text>%s</office:text></office:body></office:document-content>
                    """.formatted(body));
            entry(zip, "META-INF/manifest.xml", """
                    <?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>
                    """);
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.strip().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
