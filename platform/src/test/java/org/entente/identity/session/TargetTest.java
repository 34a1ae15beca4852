package org.entente.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "evil",
                "/a\r\nLocation: https://evil.example", "/\t/evil.example", "", "/sign-out", "/login/oauth2/code/x",
                        "/é"
            })
    void anywhereElseIsNotATarget(String asked) {
        assertThat(Target.of(asked)).isEqualTo("/");
    }

    @Test
    void aPathOfThePortalIs() {
        assertThat(Target.of("/members/1?tab=people#top")).isEqualTo("/members/1?tab=people#top");
        assertThat(Target.of(null)).isEqualTo("/");
    }
}
