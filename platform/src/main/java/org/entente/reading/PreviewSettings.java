package org.entente.reading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How office documents are shown.
 *
 * @param on whether they are, where LibreOffice is installed
 * @param program its {@code soffice.bin}; looked for in the usual places when it is not said
 * @param most the largest document that is shown
 * @param pages that are shown of it
 * @param time after which the program is killed
 * @param memory it may take
 * @param shown files and folders that it may read, beside the system's programs and its own; the rest of the machine is not there for it
 * @param patience for which whoever asks waits, before they are told to come again
 * @param keep after which a PDF goes that nobody looked at
 * @param every how often one looks for what other nodes were asked
 */
@ConfigurationProperties("entente.previews")
record PreviewSettings(
        @DefaultValue("true") boolean on,
        @DefaultValue("") String program,
        @DefaultValue("50MB") DataSize most,
        @DefaultValue("200") int pages,
        @DefaultValue("60s") Duration time,
        @DefaultValue("3GB") DataSize memory,

        @DefaultValue({"/etc/libreoffice", "/var/lib/libreoffice"})
        List<String> shown,

        @DefaultValue("8s") Duration patience,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("10s") Duration every) {

    private static final List<String> USUAL = List.of(
            "/usr/lib/libreoffice/program/soffice.bin",
            "/usr/lib64/libreoffice/program/soffice.bin",
            "/opt/libreoffice/program/soffice.bin");

    /** All that it may read: its own folder too, wherever it was installed. */
    List<String> shown(Path program) {
        Path within = program.toAbsolutePath().normalize().getParent();
        Path own = within != null && within.endsWith("program") ? within.getParent() : within;
        List<String> all = new ArrayList<>(shown);
        if (own != null && own.getParent() != null) {
            all.add(own.toString());
        }
        return all;
    }

    /** Where the program is; empty where it is not, or is not wanted. */
    Optional<Path> installed() {
        return !on
                ? Optional.empty()
                : Stream.concat(Stream.of(program), USUAL.stream().filter(usual -> program.isBlank()))
                        .filter(one -> !one.isBlank())
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
    }
}
