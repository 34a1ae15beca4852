package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Which server may be framed in the portal. */
@ExtendWith(OutputCaptureExtension.class)
class WopiSettingsTest {

    private static WopiSettings settings(String url) {
        return new WopiSettings(url, "", "", "https://portail.exemple.fr/", Duration.ofHours(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portail.exemple.fr",
                "https://portail.exemple.fr/collabora/",
                "https://PORTAIL.exemple.fr:443/office",
                "HTTPS://portail.exemple.fr"
            })
    void aServerOnThePortalsOwnOriginIsNone(String url, CapturedOutput output) {
        WopiSettings settings = settings(url);

        assertThat(settings.server()).isEmpty();
        assertThat(output).contains("No office server is used", "the portal's own origin");
        WopiServer nobody = new WopiServer(
                settings, null, null, Clock.systemUTC(), Duration.ZERO); // asks nothing and keeps nothing
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        assertThat(new WopiServerCheck(nobody, settings, messages, ZoneOffset.UTC).check(Locale.FRENCH))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.level()).isEqualTo("wrong");
                    assertThat(found.text()).contains("même origine", "office-server.url");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://office.exemple.fr",
                "https://portail.exemple.fr:9980",
                "http://portail.exemple.fr",
                "https://portail.exemple.fr.office.example"
            })
    void anyOtherIsTheOperatorsChoice(String url) {
        assertThat(settings(url).server()).contains(url);
        assertThat(settings(url).refused()).isEmpty();
    }

    @Test
    void noneIsNone() {
        assertThat(settings(" ").server()).isEmpty();
        assertThat(settings(" ").refused()).isEmpty();
    }
}
