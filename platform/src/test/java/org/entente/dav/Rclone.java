package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Debian's rclone, with one place {@code there:}. */
record Rclone(Path folder, String config) {

    static final String PROGRAM = "/usr/bin/rclone";

    Rclone(Path folder, DavTown.Device device, String url) throws IOException, InterruptedException {
        this(folder, folder.resolve("rclone.conf").toString());
        String hidden = DavTown.run(folder, "", PROGRAM, "obscure", device.password())
                .text()
                .strip();
        Files.writeString(Path.of(config), """
                [there]
                type = webdav
                url = %s
                vendor = owncloud
                user = %s
                pass = %s
                """.formatted(url, device.address(), hidden));
    }

    String[] command(String... arguments) {
        return Stream.concat(Stream.of(PROGRAM, "--config", config, "--retries=1"), Stream.of(arguments))
                .toArray(String[]::new);
    }

    void does(String... arguments) throws IOException, InterruptedException {
        DavTown.Said said = DavTown.run(folder, "", command(arguments));
        assertThat(said.code())
                .as(String.join(" ", arguments) + "\n" + said.text())
                .isZero();
    }
}
