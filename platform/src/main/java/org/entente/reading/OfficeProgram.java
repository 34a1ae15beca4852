package org.entente.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * LibreOffice, from the outside: one process for each document, in a folder and with a profile of its own that go with it; of the lowest priority, with a limit on memory,
 * time and files, none of the platform's environment and, where Linux lets it, no network and no sight of other processes; it reads nothing of this machine but programs and
 * writes nowhere but in its folder.
 * For one caller at a time.
 */
class OfficeProgram implements AutoCloseable {

    /** Covered where Linux allows no root of its own: what people and the system keep to themselves. */
    private static final List<String> PEOPLES =
            List.of("/etc/passwd", "/etc/group", "/home", "/root", "/srv", "/mnt", "/media", "/var/log", "/var/mail");

    /** No PDF came of it. */
    static final class NoPdf extends Exception {
        private static final long serialVersionUID = 1;
        private final PreviewState.Reason reason;

        NoPdf(PreviewState.Reason reason) {
            super(reason.name());
            this.reason = reason;
        }

        PreviewState.Reason reason() {
            return reason;
        }
    }

    @FunctionalInterface
    interface Use {
        void with(InputStream pdf, long size) throws IOException;
    }

    /** Of half a kilobyte each: the largest file it may write. */
    private static final long LARGEST_FILE = 200L * 1024;

    /** With a new profile it sets itself up, and ends with 81 to be started again: LibreOffice's own starter does no more. */
    private static final String TWICE = "\"$@\"; how=$?; [ $how = 81 ] || exit $how; exec \"$@\"";

    private static final byte[] BEGINNING = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final PreviewSettings settings;
    private final ReadingSettings reading;
    private volatile @Nullable Process process;

    OfficeProgram(PreviewSettings settings, ReadingSettings reading) {
        this.settings = settings;
        this.reading = reading;
    }

    /** What {@code bytes} and {@code use} throw is thrown on. */
    synchronized void convert(InputStream bytes, OfficeKind kind, Use use) throws IOException, NoPdf {
        Path program = settings.installed()
                .orElseThrow(() -> new NoPdf(PreviewState.Reason.DIED))
                .toRealPath();
        ReaderFolder folder = ReaderFolder.make();
        try {
            Path document = folder.path().resolve("document." + kind.ending());
            Files.copy(bytes, document);
            Path out = Files.createDirectory(folder.path().resolve("out"));
            boolean ended = run(program, folder.path(), document, out, kind);
            Path pdf = out.resolve("document.pdf");
            if (!ended) {
                throw new NoPdf(PreviewState.Reason.SLOW);
            }
            // Of a program that may have been taken over: a link, in place of the file or of its folder, could lead to
            // any file of ours.
            if (!Files.isDirectory(out, LinkOption.NOFOLLOW_LINKS)
                    || !Files.isRegularFile(pdf, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoPdf(PreviewState.Reason.BROKEN);
            }
            try (InputStream in = Files.newInputStream(pdf, LinkOption.NOFOLLOW_LINKS)) {
                if (!java.util.Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING)) {
                    throw new NoPdf(PreviewState.Reason.BROKEN);
                }
            }
            try (InputStream in = Files.newInputStream(pdf, LinkOption.NOFOLLOW_LINKS)) {
                use.with(in, Files.size(pdf));
            }
        } finally {
            folder.delete();
        }
    }

    /** @return whether it ended by itself and in time */
    private boolean run(Path program, Path folder, Path document, Path out, OfficeKind kind) throws IOException, NoPdf {
        ProcessBuilder builder = new ProcessBuilder(command(program, folder, document, out, kind))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear(); // the platform's secrets are in it
        builder.environment().put("PATH", path);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TMPDIR", folder.toString());
        Process started = builder.start();
        process = started;
        try {
            started.getOutputStream().close();
            if (!started.waitFor(settings.time().toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            if (started.exitValue() > 1) {
                throw new NoPdf(PreviewState.Reason.DIED);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            end(started);
            process = null;
        }
    }

    private static void end(Process running) {
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        running.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> running)
                .join();
    }

    private List<String> command(Path program, Path folder, Path document, Path out, OfficeKind kind)
            throws IOException {
        List<String> hidden = new ArrayList<>(reading.hidden());
        if (!Room.possible()) {
            hidden.addAll(PEOPLES);
        }
        List<String> all = new ArrayList<>(Room.prefix(folder, settings.shown(program), hidden));
        all.addAll(List.of(
                "/bin/sh",
                "-c",
                "umask 077; ulimit -f " + LARGEST_FILE + "; ulimit -c 0; ulimit -v "
                        + settings.memory().toKilobytes() + "; " + TWICE,
                "office"));
        all.addAll(List.of(
                program.toString(),
                "-env:UserInstallation=" + OfficeProfile.make(folder).toUri(),
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--nofirststartwizard",
                "--convert-to",
                kind.filter(settings.pages()),
                "--outdir",
                out.toString(),
                document.toString()));
        return all;
    }

    /** Its process, for whoever wants to see it. */
    @Nullable
    ProcessHandle handle() {
        Process running = process;
        return running == null ? null : running.toHandle();
    }

    /** Ends the program even while another thread waits for it. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            end(running);
        }
    }
}
