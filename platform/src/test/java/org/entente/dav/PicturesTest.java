package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.entente.directory.MemberId;
import org.entente.testing.Bombs;
import org.entente.testing.TestReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

/** Small pictures of files as phones and the desktop client ask for them, made by the real program. */
@Import(TestReader.class)
class PicturesTest extends DavTown {

    private final HttpClient http = HttpClient.newHttpClient();

    MemberId givors;
    Device nadia;

    @BeforeEach
    void somebodyWithAPhone() {
        givors = town.member("Givors");
        nadia = device(town.agent(givors, "Nadia", null));
    }

    private HttpResponse<byte[]> fetch(Device device, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Authorization", device.basic());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static BufferedImage picture(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        return ImageIO.read(new ByteArrayInputStream(answer.body()));
    }

    private void put(Device device, String name, byte[] bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(MINE + "/" + name))
                .header("Authorization", device.basic())
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isIn(201, 204);
    }

    private String property(Device device, String path, String name) throws Exception {
        String asked =
                "<d:propfind xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\" xmlns:nc=\"http://nextcloud.org/ns\">"
                        + "<d:prop><" + name + "/></d:prop></d:propfind>";
        String body = send(device, "PROPFIND", path, asked, "Depth", "0").body();
        return body.replaceAll("(?s).*<" + name + ">(.*)</" + name + ">.*", "$1");
    }

    private String number(Device device, String path) throws Exception {
        return property(device, path, "oc:fileid");
    }

    private static byte[] painted(int width, int height, String kind) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, kind, out);
        return out.toByteArray();
    }

    /** The same with what a camera writes when it is turned by a quarter: Exif's tag 0x0112 is 6. */
    private static byte[] turned(byte[] jpeg) {
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] all = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, all, 0, 2);
        System.arraycopy(exif, 0, all, 2, exif.length);
        System.arraycopy(jpeg, 2, all, 2 + exif.length, jpeg.length - 2);
        return all;
    }

    private static boolean red(BufferedImage image, double x, double y) {
        Color colour = new Color(image.getRGB((int) (x * (image.getWidth() - 1)), (int) (y * (image.getHeight() - 1))));
        return colour.getRed() > 200 && colour.getBlue() < 60;
    }

    @Test
    void aPhotographIsShownSmallAndAsItWasHeld() throws Exception {
        put(nadia, "plage.jpg", painted(1600, 900, "jpeg"));
        put(nadia, "debout.jpg", turned(painted(1600, 900, "jpeg")));

        String number = number(nadia, MINE + "/plage.jpg");
        assertThat(property(nadia, MINE + "/plage.jpg", "nc:has-preview")).isEqualTo("true");
        BufferedImage small = picture(
                fetch(nadia, "/index.php/core/preview?fileId=" + number + "&x=256&y=200&a=1&mode=cover&forceIcon=0"));
        assertThat(List.of(small.getWidth(), small.getHeight())).containsExactly(256, 144);
        assertThat(red(small, 0.1, 0.5)).isTrue();
        assertThat(red(small, 0.9, 0.5)).isFalse();

        BufferedImage upright =
                picture(fetch(nadia, "/index.php/apps/files/api/v1/thumbnail/256/256/Mes%20fichiers/debout.jpg"));
        assertThat(List.of(upright.getWidth(), upright.getHeight())).containsExactly(144, 256);
        assertThat(red(upright, 0.5, 0.1)).isTrue();
        assertThat(red(upright, 0.5, 0.9)).isFalse();
    }

    @Test
    void aPdfShowsItsFirstPageAndAPictureIsNotMadeLarger() throws Exception {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage(PDRectangle.A4));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            put(nadia, "avis.pdf", out.toByteArray());
        }
        put(nadia, "logo.png", painted(40, 20, "png"));

        BufferedImage page =
                picture(fetch(nadia, "/index.php/core/preview.png?file=/Mes%20fichiers/avis.pdf&x=512&y=512"));
        assertThat(page.getHeight()).isEqualTo(512);
        assertThat(page.getWidth()).isBetween(355, 370);
        BufferedImage logo = picture(fetch(nadia, "/index.php/core/preview?file=/Mes%20fichiers/logo.png"));
        assertThat(List.of(logo.getWidth(), logo.getHeight())).containsExactly(40, 20);
    }

    @Test
    void whoMayNotOpenAFileGetsNoPictureOfIt() throws Exception {
        put(nadia, "secret.png", painted(100, 100, "png"));
        String number = number(nadia, MINE + "/secret.png");
        String address = "/index.php/core/preview?x=64&y=64&fileId=" + number;
        picture(fetch(nadia, address)); // it is made, and kept

        for (Device other : List.of(
                device(town.agent(givors, "Paul", null)), device(town.agent(town.member("Corbas"), "Samir", null)))) {
            assertThat(fetch(other, address).statusCode()).isEqualTo(404);
            assertThat(fetch(other, "/index.php/core/preview?x=64&y=64&file=/Mes%20fichiers/secret.png")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(http.send(HttpRequest.newBuilder(uri(address)).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
        Device mail = device(nadia.visitor(), "mail");
        assertThat(fetch(mail, address).statusCode()).as("a password for mail").isEqualTo(401);
        assertThat(status(nadia, "DELETE", MINE + "/secret.png", "")).isEqualTo(204);
        assertThat(fetch(nadia, address).statusCode()).as("thrown away").isEqualTo(404);
    }

    @Test
    void itIsKeptByWhoMaySeeItAndAskedAboutAgain() throws Exception {
        put(nadia, "a.png", painted(100, 100, "png"));
        String address = "/index.php/core/preview?x=64&y=64&fileId=" + number(nadia, MINE + "/a.png");
        HttpResponse<byte[]> first = fetch(nadia, address);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(fetch(nadia, address, "If-None-Match", etag).statusCode()).isEqualTo(304);

        put(nadia, "a.png", painted(100, 50, "png"));
        HttpResponse<byte[]> other = fetch(nadia, address, "If-None-Match", etag);
        assertThat(picture(other).getHeight()).isEqualTo(32);
    }

    @Test
    void whatIsNoPictureOrNoSizeIsRefusedAndABombIsNotDecoded() throws Exception {
        put(nadia, "faux.png", "<svg onload=alert(1)>".getBytes());
        put(nadia, "note.txt", "abc".getBytes());
        put(nadia, "bombe.png", Bombs.png(60_000, 60_000));
        put(nadia, "a.png", painted(100, 100, "png"));
        for (String name : List.of("faux.png", "note.txt", "bombe.png", "absent.png")) {
            assertThat(fetch(nadia, "/index.php/core/preview?x=64&y=64&file=/Mes%20fichiers/" + name)
                            .statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
        for (String size : List.of("0", "-1", "x", "100000", "1e3", "")) {
            assertThat(fetch(nadia, "/index.php/core/preview?file=/Mes%20fichiers/a.png&y=64&x=" + size)
                            .statusCode())
                    .as(size)
                    .isEqualTo(400);
        }
        assertThat(picture(fetch(nadia, "/index.php/core/preview?file=/Mes%20fichiers/a.png&x=99999&y=99999"))
                        .getWidth())
                .isEqualTo(100);
        for (String number : List.of("0", "-1", "x", "99999999999999999999", "1%27")) {
            assertThat(fetch(nadia, "/index.php/core/preview?x=64&y=64&fileId=" + number)
                            .statusCode())
                    .as(number)
                    .isEqualTo(404);
        }
        assertThat(status(nadia, "POST", "/index.php/core/preview?file=/Mes%20fichiers/a.png", ""))
                .isEqualTo(405);
    }
}
