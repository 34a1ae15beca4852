package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that people chose, in places where they could do harm. */
class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "...",
                "../../etc/passwd",
                "C:\\x",
                "a\u0000b",
                "a\nb",
                "COM1",
                "nul.txt",
                " ",
                "a.",
                "\u2028x"
            })
    void inAnArchiveNoNameLeadsOutOfItOrStopsWindows(String name) {
        assertThat(ZipNames.plain(name))
                .isNotBlank()
                .doesNotContain("/", "\\", ":", "\u0000", "\n", "\u2028")
                .doesNotEndWith(".")
                .doesNotEndWith(" ")
                .isNotIn("..", ".")
                .doesNotMatch("(?i)(com1|nul)(\\..*)?");
    }

    @Test
    void twoThingsOfOneNameBecomeTwoEntries() {
        ZipNames names = new ZipNames();
        String first = names.top("A");
        String second = names.top("a");

        assertThat(List.of(first, second)).containsExactly("A", "a (2)");
        assertThat(names.beneath(first, List.of("x", "y"))).isEqualTo("A/x/y");
        assertThat(names.beneath(second, List.of("x", "y"))).isEqualTo("a (2)/x/y");
        assertThat(names.beneath(first, List.of("x")))
                .as("the same thing keeps its name")
                .isEqualTo("A/x");
    }

    @ParameterizedTest
    @CsvSource({"rapport.pdf,rapport (2).pdf", "Conseil,Conseil (2)", ".profile,.profile (2)", "a.b.c,a.b (2).c"})
    void aNumberGoesBeforeTheEnding(String name, String numbered) {
        assertThat(Names.numbered(name, 2)).isEqualTo(numbered);
    }

    @Test
    void aNumberFitsWhateverTheLength() {
        String numbered = Names.numbered("é".repeat(125) + ".pdf", 12);

        assertThat(numbered).endsWith("é (12).pdf");
        assertThat(numbered.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\"b", "a/b\\c", "😀.txt", "a;b%20"})
    void aNameStaysWithinItsHeader(String name) {
        assertThat(Attachment.of(name, false))
                .matches("attachment; filename=\"[ -~&&[^\"\\\\/]]*\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/svg+xml",
                "application/xhtml+xml",
                "application/javascript",
                "text/xml; charset=x",
                "multipart/x-mixed-replace",
                "image/png\r\nX: y",
                ""
            })
    void nothingABrowserRunsIsCalledByItsName(String type) {
        assertThat(SafeType.of(type)).isIn("text/plain; charset=utf-8", "application/octet-stream");
    }
}
