package org.entente.directory.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Component;

/** Reads a CSV file of unknown writing into {@code import_line}, never more than one line of it in memory. */
@Component
class CsvIntake {

    static final int MOST_LINES = 200_000;
    private static final int MOST_COLUMNS = 100;
    private static final int MOST_CHARACTERS = 10_000;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** What the file turned out to be. */
    record Shape(Charset encoding, char separator, List<String> headers) {}

    private final DataSource dataSource;

    CsvIntake(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Shape shape(InputStreamSource file, @Nullable String encoding, @Nullable String separator) {
        try {
            byte[] head;
            try (InputStream in = file.getInputStream()) {
                head = in.readNBytes(1 << 16);
            }
            if (head.length == 0) {
                throw Refusal.invalid("import.empty");
            }
            if (startsWith(head, 'P', 'K', 3, 4)
                    || startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)
                    || startsWith(head, '%', 'P', 'D', 'F')
                    || startsWith(head, 0xFF, 0xFE)
                    || startsWith(head, 0xFE, 0xFF)) {
                throw Refusal.invalid("import.not_csv");
            }
            Charset charset = encoding == null || encoding.isBlank()
                    ? (isUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS)
                    : encoding.equalsIgnoreCase("utf-8") ? StandardCharsets.UTF_8 : WINDOWS;
            String text = new String(head, charset);
            char sign = separator != null && separator.length() == 1 && ";,\t".contains(separator)
                    ? separator.charAt(0)
                    : mostFrequent(
                            text.lines().filter(l -> !l.isBlank()).findFirst().orElse(""));
            return new Shape(charset, sign, headers(file, charset, sign));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies every line after the headers. A file that cannot be read as CSV is refused with the number of the line. */
    void take(InputStreamSource file, Shape shape, UUID id) {
        CopyText.fill(dataSource, "directory.import_line (import, line, cells)", rows -> {
            try (CsvReader<CsvRecord> csv = reader(file, shape.encoding(), shape.separator())) {
                Iterator<CsvRecord> records = csv.iterator();
                next(records, 1);
                long line = 1;
                int count = 0;
                for (CsvRecord record = next(records, line); record != null; record = next(records, line)) {
                    line = record.getStartingLineNumber();
                    if (record.getFields().stream().allMatch(String::isBlank)) {
                        continue;
                    }
                    if (++count > MOST_LINES) {
                        throw Refusal.of(Refusal.Kind.TOO_LARGE, "import.lines", MOST_LINES);
                    }
                    rows.row(id, line, CopyText.array(record.getFields()));
                }
                if (count == 0) {
                    throw Refusal.invalid("import.empty");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<String> headers(InputStreamSource file, Charset charset, char separator) throws IOException {
        try (CsvReader<CsvRecord> csv = reader(file, charset, separator)) {
            CsvRecord first = next(csv.iterator(), 1);
            if (first == null) {
                throw Refusal.invalid("import.empty");
            }
            List<String> headers = new ArrayList<>();
            for (String cell : first.getFields()) {
                String header = cell.replaceAll("\\p{Cntrl}", " ").strip();
                header = header.isEmpty()
                        ? "(" + (headers.size() + 1) + ")"
                        : header.substring(0, Math.min(100, header.length()));
                headers.add(headers.contains(header) ? header + " (" + (headers.size() + 1) + ")" : header);
            }
            return headers;
        }
    }

    private static CsvReader<CsvRecord> reader(InputStreamSource file, Charset charset, char separator)
            throws IOException {
        Reader text = new InputStreamReader(file.getInputStream(), charset);
        if (charset.equals(StandardCharsets.UTF_8)) {
            java.io.PushbackReader unread = new java.io.PushbackReader(text);
            int mark = unread.read();
            if (mark != -1 && mark != '\uFEFF') {
                unread.unread(mark);
            }
            text = unread;
        }
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(1 << 20)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MOST_COLUMNS)
                                .maxFieldSize(MOST_CHARACTERS)
                                .maxRecordSize(MOST_COLUMNS * 2_000)
                                .build(),
                        text);
    }

    private static @Nullable CsvRecord next(Iterator<CsvRecord> records, long line) {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw Refusal.invalid("import.malformed", line, MOST_COLUMNS, MOST_CHARACTERS);
        }
    }

    private static boolean isUtf8(InputStreamSource file) throws IOException {
        try (Reader strict = new InputStreamReader(
                file.getInputStream(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))) {
            char[] buffer = new char[1 << 14];
            while (strict.read(buffer) >= 0) {
                continue;
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] head, int... signs) {
        for (int i = 0; i < signs.length; i++) {
            if (head.length <= i || (head[i] & 0xFF) != signs[i]) {
                return false;
            }
        }
        return true;
    }

    private static char mostFrequent(String line) {
        char best = ';';
        for (char sign : new char[] {',', '\t'}) {
            if (count(line, sign) > count(line, best)) {
                best = sign;
            }
        }
        return best;
    }

    private static long count(String line, char sign) {
        return line.chars().filter(c -> c == sign).count();
    }
}
