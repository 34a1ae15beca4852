package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryXmlTest {

    private static final String HERE = "https://office.example";

    private static String of(String inside) {
        return "<wopi-discovery>" + inside + "</wopi-discovery>";
    }

    private static String action(String name, String ending, String address) {
        return "<net-zone name='external-https'><app name='x'><action name='" + name + "' ext='" + ending + "' urlsrc='"
                + address + "'/></app></net-zone>";
    }

    @Test
    void whatItEditsAndWhatItOnlyShows() throws Exception {
        Discovery read = DiscoveryXml.read(
                of(action("edit", "DOCX", HERE + "/e?")
                        + action("view", "docx", HERE + "/v?")
                        + action("view", "sxw", HERE + "/v?")
                        + action("convert", "doc", HERE + "/c?")),
                HERE);

        assertThat(read.kinds()).containsOnlyKeys("docx", "sxw");
        assertThat(read.kind("Lettre au préfet.Docx")).contains(new Discovery.Kind(HERE + "/v?", HERE + "/e?"));
        assertThat(read.kind("ancien.sxw")).contains(new Discovery.Kind(HERE + "/v?", null));
        assertThat(read.proof()).isNull();
    }

    @Test
    void picturesAreShownByThePortalItself() throws Exception {
        assertThat(DiscoveryXml.read(of(action("view", "png", HERE + "/v?")), HERE)
                        .kinds())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/e?",
                "http://office.example/e?",
                "https://office.example:444/e?",
                "https://office.example@evil.example/e?",
                "javascript:alert(1)",
                "//office.example/e?"
            })
    void whatLeadsElsewhereIsNotTakenAndIsNamed(String address) throws Exception {
        Discovery read = DiscoveryXml.read(of(action("edit", "docx", address)), HERE);

        assertThat(read.kinds()).isEmpty();
        assertThat(read.elsewhere()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><wopi-discovery>&a;</wopi-discovery>",
                "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'><wopi-discovery/>",
                "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><wopi-discovery>&b;</wopi-discovery>",
                "<html><body>Bienvenue</body></html>",
                "<x><wopi-discovery/></x>",
                "{\"wopi\": true}",
                ""
            })
    void whatIsNoDescriptionOrReachesOutsideOfItIsRefused(String xml) {
        assertThatThrownBy(() -> DiscoveryXml.read(xml, HERE)).isInstanceOf(DiscoveryXml.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<proof-key value='BgIAAACkAABSU0ExAAgAAAEAAQ=='/>",
                "<proof-key modulus='!!' exponent='AQAB'/>",
                "<proof-key modulus='0HOWUPFF' exponent='AQAB'/>"
            })
    void keysThatCannotBeReadAreNotAsNone(String proof) {
        assertThatThrownBy(() -> DiscoveryXml.read(of(proof), HERE)).isInstanceOf(DiscoveryXml.Unreadable.class);
    }

    @Test
    void whatAnAddressLeavesOpenIsFilledIn() {
        String source = "https://portal.example/wopi/files/1";

        assertThat(WopiAddress.of(HERE + "/browser/1/cool.html?", source, Locale.FRENCH))
                .isEqualTo(
                        HERE + "/browser/1/cool.html?WOPISrc=https%3A%2F%2Fportal.example%2Fwopi%2Ffiles%2F1&lang=fr");
        assertThat(WopiAddress.of(
                        HERE + "/cell?<ui=UI_LLCC&><thm=THEME_ID&><WOPISrc=WOPI_SOURCE&>", source, Locale.ENGLISH))
                .isEqualTo(HERE + "/cell?ui=en-US&WOPISrc=https%3A%2F%2Fportal.example%2Fwopi%2Ffiles%2F1&lang=en");
        assertThat(WopiAddress.of(HERE + "/plain", source, Locale.FRENCH)).startsWith(HERE + "/plain?WOPISrc=");
    }

    @Test
    void namesInHeadersAreReadAsTheyWereMeant() {
        assertThat(Utf7.decode("Budget.docx")).isEqualTo("Budget.docx");
        assertThat(Utf7.decode("D+AOk-lib+AOk-ration 2+-3.odt")).isEqualTo("Délibération 2+3.odt");
        assertThat(Utf7.decode("+2D3cxA-.odt")).isEqualTo("\ud83d\udcc4.odt");
        assertThat(Utf7.decode("+AC8-etc+AC8-passwd")).isEqualTo("/etc/passwd");
        assertThat(Utf7.decode("a+")).isEqualTo("a+");
        assertThat(Utf7.decode(new String(
                        "été.odt".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.ISO_8859_1)))
                .isEqualTo("été.odt");
    }
}
