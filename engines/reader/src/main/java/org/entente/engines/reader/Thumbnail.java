package org.entente.engines.reader;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.entente.engines.reader.DocumentText.Outcome;
import org.entente.engines.reader.DocumentText.Read;

/** A small JPEG of a picture, or of the first page of a PDF. What it is, its bytes say and nothing else. */
final class Thumbnail {

    /** More than any camera makes: what is beyond is taken for a bomb before it is decoded. */
    private static final long MOST_PIXELS = 120_000_000;

    private static final Set<String> PICTURES = Set.of("jpeg", "png", "gif", "bmp");
    private static final int LARGEST = 2048;
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private Thumbnail() {}

    /** @param side pixels that it has at most, in width and in height; answered in base64 */
    static Read of(Path file, int side) {
        if (side < 1 || side > LARGEST) {
            return new Read(Outcome.BROKEN, "");
        }
        try {
            BufferedImage small = isPdf(file) ? page(file, side) : picture(file, side);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(small, "jpeg", out);
            return new Read(Outcome.READ, Base64.getEncoder().encodeToString(out.toByteArray()));
        } catch (Bomb bomb) {
            return new Read(Outcome.BOMB, "");
        } catch (InvalidPasswordException closed) {
            return new Read(Outcome.CLOSED, "");
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError broken) {
            return new Read(Outcome.BROKEN, "");
        }
    }

    private static boolean isPdf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(PDF.length), PDF);
        }
    }

    private static BufferedImage page(Path file, int side) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            PDRectangle box = document.getPage(0).getCropBox();
            float longest = Math.max(box.getWidth(), box.getHeight());
            if (!(longest > 0)) {
                throw new IOException("no page");
            }
            PDFRenderer renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);
            return fitted(renderer.renderImage(0, side / longest, ImageType.RGB), side, 1);
        }
    }

    private static BufferedImage picture(Path file, int side) throws IOException {
        int turned = Orientation.of(file);
        ImageIO.setUseCache(false);
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("no picture");
            }
            ImageReader reader = readers.next();
            if (!PICTURES.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                throw new IOException("another kind of picture");
            }
            try {
                reader.setInput(in, true, true);
                long width = reader.getWidth(0);
                long height = reader.getHeight(0);
                if (width * height > MOST_PIXELS) {
                    throw new Bomb();
                }
                ImageReadParam few = reader.getDefaultReadParam();
                int step = (int) Math.max(1, Math.max(width, height) / (2L * side));
                few.setSourceSubsampling(step, step, 0, 0);
                return fitted(reader.read(0, few), side, turned);
            } finally {
                reader.dispose();
            }
        }
    }

    /** On white, as it is to be held, never larger than it was. */
    private static BufferedImage fitted(BufferedImage image, int side, int turned) {
        boolean lying = turned >= 5;
        int width = lying ? image.getHeight() : image.getWidth();
        int height = lying ? image.getWidth() : image.getHeight();
        double scale = Math.min(1, side / (double) Math.max(width, height));
        BufferedImage small = new BufferedImage(
                Math.max(1, (int) Math.round(width * scale)),
                Math.max(1, (int) Math.round(height * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, small.getWidth(), small.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        AffineTransform placed = AffineTransform.getScaleInstance(
                small.getWidth() / (double) width, small.getHeight() / (double) height);
        placed.concatenate(Orientation.upright(turned, image.getWidth(), image.getHeight()));
        graphics.drawImage(image, placed, null);
        graphics.dispose();
        return small;
    }

    private static final class Bomb extends IOException {
        private static final long serialVersionUID = 1;
    }
}
