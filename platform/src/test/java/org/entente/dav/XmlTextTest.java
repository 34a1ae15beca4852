package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What we write into XML is read there as it was. */
class XmlTextTest {

    @Property(tries = 300)
    void whateverANameIsAParserReadsItAsItWas(@ForAll String name) throws Exception {
        String said = read("<a b=\"" + escaped(name) + "\">" + escaped(name) + "</a>");

        assertThat(said).isEqualTo(sayable(name) + sayable(name));
    }

    @Test
    void whatXmlCannotSayIsReplacedAndWhatItMayNotReadAsItsOwnIsWritten() {
        assertThat(escaped("a<b>&\"c\"\t\n\u0001é\ud83d\ude00\ud83d z\uffff"))
                .isEqualTo("a&lt;b&gt;&amp;&quot;c&quot;&#9;&#10;\ufffdé\ud83d\ude00\ufffd z\ufffd");
        assertThat(escaped("plain")).isEqualTo("plain");
        assertThat(escaped("")).isEmpty();
    }

    private static String read(String xml) throws Exception {
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        return root.getTextContent() + root.getAttribute("b");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        Xml.escape(out, text);
        return out.toString();
    }

    /** As XML 1.0 (2.2) allows, the rest replaced. */
    private static String sayable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .map(c -> c == 9
                                || c == 10
                                || c == 13
                                || c >= 0x20 && c <= 0xd7ff
                                || c >= 0xe000 && c <= 0xfffd
                                || c >= 0x10000
                        ? c
                        : 0xfffd)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
