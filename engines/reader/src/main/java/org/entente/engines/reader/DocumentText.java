package org.entente.engines.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.extractor.ParsingEmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** The words of one document, and of what is packed in it: no pictures are read, no macros, nothing of other addresses. */
final class DocumentText {

    /** Their order is the protocol's. */
    enum Outcome {
        READ,
        BROKEN,
        BOMB,
        CLOSED
    }

    record Read(Outcome outcome, String text) {}

    /** Of what is packed in a document, and in that again. */
    private static final int MOST_WITHIN = 1000;

    private final int most;
    private final AutoDetectParser parser = new AutoDetectParser(TikaConfig.getDefaultConfig());

    /** @param most characters that are kept; what comes after them is not read */
    DocumentText(int most) {
        this.most = most;
        ZipSecureFile.setMaxEntrySize(256L * 1024 * 1024);
    }

    Read read(Path file, String mediaType) {
        Metadata metadata = new Metadata();
        metadata.set(HttpHeaders.CONTENT_TYPE, mediaType);
        WriteOutContentHandler text = new WriteOutContentHandler(most);
        Throwable trouble = null;
        try (TikaInputStream in = TikaInputStream.get(file)) {
            parser.parse(in, new BodyContentHandler(text), metadata, context());
        } catch (IOException | SAXException | TikaException | RuntimeException | StackOverflowError | LinkageError e) {
            trouble = e;
        }
        String all = title(metadata) + text;
        if (trouble == null || WriteLimitReachedException.isWriteLimitReached(trouble)) {
            return new Read(Outcome.READ, all);
        }
        if (bomb(trouble)) {
            return new Read(Outcome.BOMB, "");
        }
        if (closed(trouble)) {
            return new Read(Outcome.CLOSED, "");
        }
        // What was read before it broke is better than nothing.
        return text.toString().isBlank() ? new Read(Outcome.BROKEN, "") : new Read(Outcome.READ, all);
    }

    private ParseContext context() {
        ParseContext context = new ParseContext();
        context.set(Parser.class, parser);
        PDFParserConfig pdf = new PDFParserConfig();
        pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        pdf.setExtractInlineImages(false);
        context.set(PDFParserConfig.class, pdf);
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setExtractMacros(false);
        context.set(OfficeParserConfig.class, office);
        context.set(EmbeddedDocumentExtractor.class, new Few(context));
        return context;
    }

    private static String title(Metadata metadata) {
        String title = metadata.get(TikaCoreProperties.TITLE);
        return title == null ? "" : title + "\n";
    }

    private static boolean bomb(Throwable trouble) {
        for (Throwable at = trouble; at != null; at = at.getCause()) {
            String said = at.getMessage();
            if (said != null && said.toLowerCase(java.util.Locale.ROOT).contains("bomb")) {
                return true;
            }
        }
        return false;
    }

    private static boolean closed(Throwable trouble) {
        for (Throwable at = trouble; at != null; at = at.getCause()) {
            if (at instanceof EncryptedDocumentException) {
                return true;
            }
        }
        return false;
    }

    private static final class Few extends ParsingEmbeddedDocumentExtractor {
        private int seen;

        Few(ParseContext context) {
            super(context);
        }

        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return seen < MOST_WITHIN && super.shouldParseEmbedded(metadata);
        }

        @Override
        public void parseEmbedded(
                @Nullable InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
                throws SAXException, IOException {
            seen++;
            super.parseEmbedded(stream, handler, metadata, outputHtml);
        }
    }
}
