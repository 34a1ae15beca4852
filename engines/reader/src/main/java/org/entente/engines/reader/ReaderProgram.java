package org.entente.engines.reader;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads one document after the other: on its input a media type (modified UTF-8, with its length), a length (64 bits) and that many bytes; on its output an
 * outcome (one byte), a length (32 bits) and that many bytes of UTF-8. It ends when its input does, and by itself when a document takes too long: whoever started
 * it may be gone. Started with the word {@code pictures} it makes a small JPEG of each instead, in base64: it is asked how large in place of the media type.
 */
public final class ReaderProgram {

    private static final int TEXT = Integer.getInteger("entente.reader.text", 1_000_000);
    private static final int SECONDS = Integer.getInteger("entente.reader.seconds", 60);

    private ReaderProgram() {}

    /** What is done with a document. */
    private interface Reader {
        DocumentText.Read read(Path file, String asked);
    }

    public static void main(String[] args) throws IOException {
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // what a library says is no answer
        NoNetwork.refuse();
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        DataInputStream asked = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answer = new DataOutputStream(new BufferedOutputStream(answers, 1 << 16));
        Reader reader = args.length > 0 && args[0].equals("pictures")
                ? (file, side) -> Thumbnail.of(file, Integer.parseInt(side))
                : new DocumentText(TEXT)::read;
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            while (true) {
                String type;
                try {
                    type = asked.readUTF();
                } catch (EOFException noMore) {
                    return;
                }
                Future<?> late = clock.schedule(() -> Runtime.getRuntime().halt(9), SECONDS, TimeUnit.SECONDS);
                DocumentText.Read read = read(reader, folder, asked, type);
                clear(folder);
                byte[] text = read.text().getBytes(StandardCharsets.UTF_8);
                answer.writeByte(read.outcome().ordinal());
                answer.writeInt(text.length);
                answer.write(text);
                answer.flush();
                late.cancel(false);
            }
        }
    }

    private static DocumentText.Read read(Reader reader, Path folder, DataInputStream asked, String type)
            throws IOException {
        Path file = Files.createTempFile(folder, "document", "");
        long left = asked.readLong();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] some = new byte[1 << 16];
            while (left > 0) {
                int read = asked.read(some, 0, (int) Math.min(some.length, left));
                if (read < 0) {
                    throw new EOFException("cut off");
                }
                out.write(some, 0, read);
                left -= read;
            }
        }
        return reader.read(file, type);
    }

    /** Of what libraries unpacked, too. */
    private static void clear(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder))
                    .toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
