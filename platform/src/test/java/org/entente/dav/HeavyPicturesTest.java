package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.entente.directory.MemberId;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.SpaceRole;
import org.entente.reading.PreviewState;
import org.entente.reading.Previews;
import org.entente.reading.Written;
import org.entente.testing.Documents;
import org.entente.testing.TestOffice;
import org.entente.testing.TestReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Small pictures of what takes long: office documents, by the real LibreOffice and the real program, and pages that others have made heavy. */
@Import(TestReader.class)
class HeavyPicturesTest extends DavTown {

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    Files files;

    @Autowired
    Previews previews;

    MemberId givors;
    Device nadia;

    @BeforeEach
    void somebodyWithAPhone() {
        givors = town.member("Givors");
        nadia = device(town.agent(givors, "Nadia", null));
    }

    private static String at(String name) {
        return "/index.php/core/preview?x=256&y=256&file=/Mes%20fichiers/" + name;
    }

    private String numbered(FileNode file) {
        return "/index.php/core/preview?x=256&y=256&fileId=" + file.id().number();
    }

    private HttpRequest asked(Device device, String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", device.basic())
                .build();
    }

    private HttpResponse<byte[]> fetch(Device device, String path) throws Exception {
        return http.send(asked(device, path), HttpResponse.BodyHandlers.ofByteArray());
    }

    private FileNode put(Device device, String name, byte[] bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(MINE + "/" + name))
                .header("Authorization", device.basic())
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isIn(201, 204);
        return files.find(device.visitor(), town.home(device.visitor()), List.of(name))
                .orElseThrow();
    }

    /** As who opens it in the portal. */
    private void looksAt(FileNode file, PreviewState.State end) {
        Written written =
                new Written(Objects.requireNonNull(file.content()), String.valueOf(file.mediaType()), file.size());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> previews.of(givors, written, file.name()).state() != PreviewState.State.WAITING);
        assertThat(previews.known(written).state()).isEqualTo(end);
    }

    private static BufferedImage picture(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        return ImageIO.read(new ByteArrayInputStream(answer.body()));
    }

    private static boolean written(BufferedImage page) {
        return IntStream.range(0, page.getWidth())
                .anyMatch(x -> IntStream.range(0, page.getHeight()).anyMatch(y -> (page.getRGB(x, y) & 0xFF) < 128));
    }

    @Test
    void anOfficeDocumentShowsItsFirstPageOnceSomebodyHasLookedAtIt() throws Exception {
        assumeTrue(TestOffice.installed());
        FileNode file = put(nadia, "rapport.docx", Documents.one("testWORD.docx"));
        assertThat(fetch(nadia, numbered(file)).statusCode()).isEqualTo(404);

        looksAt(file, PreviewState.State.MADE);
        BufferedImage page = picture(fetch(nadia, numbered(file)));
        assertThat(page.getHeight()).isEqualTo(256);
        assertThat(page.getWidth()).as("a page that stands").isBetween(150, 220);
        assertThat(written(page)).isTrue();
        assertThat(fetch(nadia, at("rapport.docx")).body())
                .isEqualTo(fetch(nadia, numbered(file)).body());

        put(nadia, "rapport.docx", Documents.one("testWORD_various.docx"));
        assertThat(fetch(nadia, numbered(file)).statusCode())
                .as("another document, at which nobody has looked")
                .isEqualTo(404);
    }

    @Test
    void aBrokenDocumentHasNoPicture() throws Exception {
        assumeTrue(TestOffice.installed());
        FileNode broken = put(nadia, "abime.docx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 1});
        assertThat(fetch(nadia, numbered(broken)).statusCode()).isEqualTo(404);
        looksAt(broken, PreviewState.State.REFUSED);
        assertThat(fetch(nadia, numbered(broken)).statusCode()).isEqualTo(404);
    }

    @Test
    void whoMayNotOpenADocumentGetsNoPictureOfItThoughItIsMade() throws Exception {
        assumeTrue(TestOffice.installed());
        FileNode file = put(nadia, "note.rtf", "{\\rtf1 Secret}".getBytes(StandardCharsets.US_ASCII));
        looksAt(file, PreviewState.State.MADE);
        picture(fetch(nadia, numbered(file)));

        Device paul = device(town.agent(givors, "Paul", null));
        Device samir = device(town.agent(town.member("Corbas"), "Samir", null));
        for (Device other : List.of(paul, samir)) {
            assertThat(fetch(other, numbered(file)).statusCode()).isEqualTo(404);
            assertThat(fetch(other, at("note.rtf")).statusCode()).isEqualTo(404);
        }
        town.share(file.id(), "c:" + paul.visitor().capacity(), SpaceRole.READ);
        assertThat(picture(fetch(paul, numbered(file))).getHeight()).isEqualTo(256);
        assertThat(fetch(samir, numbered(file)).statusCode()).isEqualTo(404);
        town.ends(paul.visitor());
        assertThat(fetch(paul, numbered(file)).statusCode()).isIn(401, 404);
    }

    @Test
    void heavyPagesOfSeveralKeepNobodyFromTheirSmallPicture() throws Exception {
        put(nadia, "logo.png", painted());
        byte[] heavy = heavyPage();
        List<CompletableFuture<HttpResponse<byte[]>>> pages = new ArrayList<>();
        for (int who = 0; who < 6; who++) {
            Device one = device(town.agent(givors, "Urbaniste " + who, null));
            for (int n = 0; n < 4; n++) {
                // Called pictures: what it is, only its bytes say.
                String name = "plan-" + n + (n % 2 == 0 ? ".pdf" : ".png");
                put(
                        one,
                        name,
                        (new String(heavy, StandardCharsets.ISO_8859_1) + "\n%" + who + n)
                                .getBytes(StandardCharsets.ISO_8859_1));
                pages.add(http.sendAsync(asked(one, at(name)), HttpResponse.BodyHandlers.ofByteArray()));
            }
        }
        // All places are taken: of those who came last, somebody is sent away.
        await().until(() -> pages.stream().anyMatch(page -> page.isDone()));

        assertThat(picture(fetch(nadia, at("logo.png"))).getWidth()).isEqualTo(40);

        assertThat(pages.stream().map(page -> page.join().statusCode()))
                .as("none is made, and none is a failure of ours")
                .isSubsetOf(404, 503);
    }

    private static byte[] painted() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    /** Small, and painted over a million times. */
    private static byte[] heavyPage() throws Exception {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            byte[] fills = "0 0 595 842 re f\n".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
            page.setContents(new PDStream(document, new ByteArrayInputStream(fills), COSName.FLATE_DECODE));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }
}
