package org.entente.launcher.territory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.entente.launcher.Trouble;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void anEmptyFileMeansAllDefaults() {
        Settings settings = Settings.parse("", Map.of());

        assertThat(settings.platform().publicUrl()).isEqualTo("http://localhost:8400");
        assertThat(settings.postgresql().outside()).isNull();
        assertThat(settings.mail().server()).isNull();
    }

    @Test
    void anotherPortChangesTheAddressThatBrowsersAreTold() {
        assertThat(Settings.parse("keycloak:\n  port: 9001", Map.of())
                        .keycloak()
                        .publicUrl())
                .isEqualTo("http://localhost:9001");
    }

    @Test
    void aMisspeltSettingIsRefusedWithTheNamesThatAreKnown() {
        assertThatThrownBy(() -> Settings.parse("platform:\n  prot: 1", Map.of()))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("platform.prot")
                .hasMessageContaining("port");
    }

    @Test
    void aSecretMayStayInTheEnvironment() {
        String yaml = "postgresql:\n  url: jdbc:postgresql://db:5432/entente\n  user: e\n  password: ${PW}";

        assertThat(Settings.parse(yaml, Map.of("PW", "s$cret")).postgresql().outside())
                .isEqualTo(new Settings.Postgresql.Outside(
                        "jdbc:postgresql://db:5432/entente", "jdbc:postgresql://db:5432/keycloak", "e", "s$cret"));
        assertThatThrownBy(() -> Settings.parse(yaml, Map.of())).hasMessageContaining("PW");
    }

    @Test
    void anOutsideServerNeedsWhatItIsReachedWith() {
        assertThatThrownBy(() -> Settings.parse("s3:\n  url: https://s3.example.fr", Map.of()))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("s3.key");
    }

    @Test
    void onlyLocalhostMayBeReachedWithoutTls() {
        assertThatThrownBy(() -> Settings.parse("platform:\n  public-url: http://entente.example.fr", Map.of()))
                .hasMessageContaining("https://");
        assertThat(Settings.parse("platform:\n  public-url: https://entente.example.fr/", Map.of())
                        .platform()
                        .publicUrl())
                .isEqualTo("https://entente.example.fr");
    }

    @Test
    void theDoorOfLdapIsClosedUntilItHasAPortAndLeavesThisMachineByTlsOnly() {
        assertThat(Settings.parse("", Map.of()).platform().ldap()).isNull();
        assertThat(Settings.parse("platform:\n  ldap-port: 636", Map.of())
                        .platform()
                        .ldap())
                .isEqualTo(new Settings.Platform.Ldap(636, "127.0.0.1", null, null));
        assertThatThrownBy(() -> Settings.parse("platform:\n  ldap-port: 389\n  ldap-address: 0.0.0.0", Map.of()))
                .hasMessageContaining("ldap-certificate");
        assertThatThrownBy(() -> Settings.parse("platform:\n  ldap-port: 389\n  ldap-certificate: /a.pem", Map.of()))
                .hasMessageContaining("together");
        assertThat(Settings.parse(
                                "platform:\n  ldap-port: 636\n  ldap-address: 0.0.0.0\n  ldap-certificate: /a.pem\n  ldap-key: /a.key",
                                Map.of())
                        .platform()
                        .ldap())
                .isEqualTo(new Settings.Platform.Ldap(636, "0.0.0.0", "/a.pem", "/a.key"));
    }

    @Test
    void whatFilesSayIsSearchedUnlessTheEngineerSaysNo() {
        assertThat(Settings.parse("", Map.of()).platform().textSearch()).isTrue();
        assertThat(Settings.parse("platform:\n  text-search: off", Map.of())
                        .platform()
                        .textSearch())
                .isFalse();
        assertThatThrownBy(() -> Settings.parse("platform:\n  text-search: sometimes", Map.of()))
                .hasMessageContaining("on or off");
    }

    @Test
    void filesAreScannedWhereTheEngineerSaysThatAnAntivirusListens() {
        assertThat(Settings.parse("", Map.of()).platform().antivirus()).isNull();
        assertThat(Settings.parse("platform:\n  antivirus: /run/clamav/clamd.ctl", Map.of())
                        .platform()
                        .antivirus())
                .isEqualTo(new Settings.Platform.Antivirus("/run/clamav/clamd.ctl", true, "100MB"));
        assertThat(Settings.parse(
                                "platform:\n  antivirus: av.example.fr:3310\n  antivirus-too-large: withhold\n  antivirus-most: 2GB",
                                Map.of())
                        .platform()
                        .antivirus())
                .isEqualTo(new Settings.Platform.Antivirus("av.example.fr:3310", false, "2GB"));
        assertThatThrownBy(() -> Settings.parse("platform:\n  antivirus: somewhere", Map.of()))
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> Settings.parse("platform:\n  antivirus-too-large: forget", Map.of()))
                .hasMessageContaining("withhold");
        assertThatThrownBy(() -> Settings.parse("platform:\n  antivirus-most: much", Map.of()))
                .hasMessageContaining("100MB");
    }

    @Test
    void twoEnginesMayNotHaveOnePort() {
        assertThatThrownBy(() -> Settings.parse("s3:\n  port: 8400", Map.of())).hasMessageContaining("8400");
        assertThatThrownBy(() -> Settings.parse("platform:\n  ldap-port: 8400", Map.of()))
                .hasMessageContaining("8400");
    }

    @Test
    void whatIsNoYamlIsSaidPlainly() {
        assertThatThrownBy(() -> Settings.parse("a: [", Map.of())).isInstanceOf(Trouble.class);
        assertThatThrownBy(() -> Settings.parse("just words", Map.of())).isInstanceOf(Trouble.class);
    }
}
