package org.entente.launcher.territory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.entente.launcher.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfficeServerSettingsTest {

    private static Settings.OfficeServer parse(String yaml) {
        return Settings.parse(yaml, Map.of()).officeServer();
    }

    @Test
    void thereIsNoneUnlessItsAddressIsGiven() {
        assertThat(parse("")).isNull();
        assertThat(parse("office-server:\n  name: Collabora\n")).isNull();
    }

    @Test
    void itsAddressItsNameAndHowItReachesUs() {
        assertThat(parse("""
                office-server:
                  url: https://office.example.fr
                  name: Collabora
                  platform-url: https://interne.example.fr:8443
                """))
                .isEqualTo(new Settings.OfficeServer(
                        "https://office.example.fr", "Collabora", "https://interne.example.fr:8443"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: office.example.fr",
                "url: https://a@office.example.fr",
                "url: https://office.example.fr/?x=1",
                "url: ftp://office.example.fr",
                "url: https://office.example.fr\n  platform-url: interne",
                "url: https://office.example.fr\n  adress: x"
            })
    void whatIsNoAddressOrNoSettingIsRefused(String lines) {
        assertThatThrownBy(() -> parse("office-server:\n  " + lines)).isInstanceOf(Trouble.class);
    }
}
