package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;

/** Two computers of one person, kept the same by Nextcloud's own client (Debian: nextcloud-desktop-cmd). */
class NextcloudClientTest extends DavTown {

    private static final String CLIENT = "/usr/bin/nextcloudcmd";

    @TempDir
    Path folder;

    Device device;
    Path desk;
    Path laptop;

    @BeforeEach
    void twoComputers() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(CLIENT)),
                "nextcloudcmd is not installed (Debian: apt install nextcloud-desktop-cmd)");
        device = agent("Nadia");
        desk = Files.createDirectories(folder.resolve("desk"));
        laptop = Files.createDirectories(folder.resolve("laptop"));
        sync(desk);
        sync(laptop);
    }

    private String sync(Path computer) throws Exception {
        Said said = run(
                folder,
                "",
                CLIENT,
                "--non-interactive",
                "--logdebug",
                "-u",
                device.address(),
                "-p",
                device.password(),
                computer.toString(),
                uri("").toString());
        assertThat(said.code())
                .as(said.text().substring(Math.max(0, said.text().length() - 4_000)))
                .isZero();
        return said.text();
    }

    private static Path mine(Path computer) {
        return computer.resolve("Mes fichiers");
    }

    @Test
    void whatOneComputerWritesTheOtherHas() throws Exception {
        Path in = Files.createDirectories(mine(desk).resolve("Marchés/2026 – été"));
        Files.writeString(in.resolve("Déposé à l’été.txt"), "Bonjour");
        Files.writeString(in.resolve("x".repeat(200) + ".txt"), "long");
        Files.createDirectories(mine(desk).resolve("Vide"));
        sync(desk);
        sync(laptop);

        assertThat(tree(mine(laptop))).isEqualTo(tree(mine(desk))).hasSize(5);

        // Renamed, changed, deleted: there, and back.
        Files.move(mine(laptop).resolve("Marchés"), mine(laptop).resolve("Marchés publics"));
        Files.delete(mine(laptop).resolve("Vide"));
        sync(laptop);
        sync(desk);
        Files.writeString(
                mine(desk).resolve("Marchés publics/2026 – été/Déposé à l’été.txt"), "Bonjour encore, plus long");
        sync(desk);
        sync(laptop);

        assertThat(tree(mine(laptop))).isEqualTo(tree(mine(desk))).hasSize(4);
        assertThat(get(
                        device,
                        MINE + "/March%C3%A9s%20publics/2026%20%E2%80%93%20%C3%A9t%C3%A9/"
                                + DavPath.encoded("Déposé à l’été.txt")))
                .isEqualTo("Bonjour encore, plus long");
    }

    @Test
    void whatBothHaveChangedIsKeptTwice() throws Exception {
        Files.writeString(mine(desk).resolve("avis.txt"), "premier");
        sync(desk);
        sync(laptop);

        Files.writeString(mine(desk).resolve("avis.txt"), "du bureau, le matin");
        Files.writeString(mine(laptop).resolve("avis.txt"), "du portable, dans le train");
        sync(desk);
        sync(laptop);

        assertThat(Files.readString(mine(laptop).resolve("avis.txt"))).isEqualTo("du bureau, le matin");
        List<String> all = tree(mine(laptop));
        assertThat(all).hasSize(2).anyMatch(one -> one.endsWith(": du portable, dans le train"));
    }

    @Test
    void aLargeFileComesInPartsAndWhole() throws Exception {
        byte[] bytes = new byte[25_000_000];
        new Random(3).nextBytes(bytes);
        Files.write(mine(desk).resolve("plan.bin"), bytes);
        String said = sync(desk);
        sync(laptop);

        assertThat(said).contains("/remote.php/dav/uploads/");
        assertThat(Files.readAllBytes(mine(laptop).resolve("plan.bin"))).isEqualTo(bytes);
        assertThat(jdbc.sql("SELECT count(*) FROM dav.upload WHERE capacity = ?")
                        .param(device.visitor().capacity().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aComputerIsConnectedThroughTheBrowserWithoutAPasswordTyped() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest begin = HttpRequest.newBuilder(uri("/index.php/login/v2"))
                .header("User-Agent", "poste (Desktop Client - Linux)")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        String begun = http.send(begin, HttpResponse.BodyHandlers.ofString()).body();
        String page = JsonPath.<String>read(begun, "$.login").replaceAll(".*/", "");
        HttpHeaders session = new HttpHeaders();
        TestSession.start(jdbc, device.visitor().person(), device.visitor().capacity())
                .headers(session);
        HttpRequest.Builder grant = HttpRequest.newBuilder(uri("/api/me/device-requests/" + page + "/grant"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"capacity\":\"" + device.visitor().capacity() + "\"}"));
        session.forEach((name, values) -> values.forEach(value -> grant.header(name, value)));
        assertThat(http.send(grant.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
        HttpRequest poll = HttpRequest.newBuilder(URI.create(JsonPath.read(begun, "$.poll.endpoint")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + JsonPath.read(begun, "$.poll.token")))
                .build();
        String given = http.send(poll, HttpResponse.BodyHandlers.ofString()).body();
        put(device, MINE + "/avant.txt", "avant");

        device = new Device(
                device.visitor(),
                device.passwordId(),
                JsonPath.read(given, "$.loginName"),
                JsonPath.read(given, "$.appPassword"));
        Path home = Files.createDirectories(folder.resolve("home"));
        sync(home);

        assertThat(tree(mine(home))).containsExactly("avant.txt: avant");
        Files.writeString(mine(home).resolve("après.txt"), "après");
        sync(home);
        sync(desk);
        assertThat(tree(mine(desk))).containsExactlyInAnyOrder("avant.txt: avant", "après.txt: après");
    }
}
