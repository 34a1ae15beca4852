package org.entente.provisioning.certificate;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Prints a page as a PDF that a screen reader reads and an archive keeps (PDF/UA, PDF/A-2a), with its fonts in it. */
@Component
public class PaperPrinter {

    private final String style;

    PaperPrinter() {
        this.style = resource("/certificate/certificate.css");
    }

    /** {@code body} is XHTML, its texts escaped. */
    public byte[] print(String title, String subject, String body) {
        return print("<!DOCTYPE html><html lang=\"fr\"><head><title>" + escape(title)
                + "</title><meta name=\"subject\" content=\"" + escape(subject)
                + "\"/><meta name=\"description\" content=\"" + escape(title) + "\"/><style>" + style
                + "</style></head><body>" + body + "</body></html>");
    }

    byte[] print(String html) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.withHtmlContent(html, null);
            font(builder, 400);
            font(builder, 700);
            builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
            builder.usePdfUaAccessibility(true);
            builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
            builder.withProducer("Entente");
            builder.toStream(out);
            builder.run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Characters the font does not draw are shown as a question mark rather than lost. */
    public static String escape(String text) {
        return HtmlUtils.htmlEscape(
                text.chars()
                        .filter(c -> c >= ' ' || c == '\n')
                        .mapToObj(c -> c > 0x2122 ? "?" : String.valueOf((char) c))
                        .collect(Collectors.joining()),
                "UTF-8");
    }

    private static void font(PdfRendererBuilder builder, int weight) {
        builder.useFont(
                () -> stream("/fonts/atkinson-hyperlegible-next-" + weight + ".ttf"),
                "Atkinson",
                weight,
                FontStyle.NORMAL,
                false);
    }

    private static String resource(String name) {
        try (InputStream in = stream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String name) {
        return Objects.requireNonNull(PaperPrinter.class.getResourceAsStream(name), name);
    }
}
