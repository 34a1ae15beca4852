package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RefusedTest {

    @ParameterizedTest
    @CsvSource({"404, false", "412, false", "503, false", "416, true"})
    void ofWhatWasToBeSentNothingIsSaidButTheSizeOfWhatCannotBeCut(int status, boolean range) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setHeader("Content-Range", "bytes */12");
        response.setHeader("ETag", "\"x\"");

        new Refused(new StaticMessageSource())
                .answer(
                        new MockHttpServletRequest("GET", "/"),
                        response,
                        DavError.of(status, "dav.range"),
                        Locale.FRENCH);

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.containsHeader("Content-Range")).isEqualTo(range);
        assertThat(response.containsHeader("ETag")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file.quota", "file.quota.member"})
    void whoeversRoomIsFullItIsTheRoomThatIsMissing(String code) {
        DavError told = Refused.told(Refusal.of(Refusal.Kind.TOO_LARGE, code), "/x");
        assertThat(told.status()).isEqualTo(507);
        assertThat(told.condition()).isEqualTo("quota-not-exceeded");
    }

    @Test
    void aBodyThatIsTooLongIsNot() {
        assertThat(Refused.told(Refusal.of(Refusal.Kind.TOO_LARGE, "input.large"), "/x")
                        .status())
                .isEqualTo(413);
    }
}
