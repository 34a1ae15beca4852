package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.directory.AffiliationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorReaderTest {

    private static final String GOOD = """
            id: chat
            name: {fr: Messagerie, en: Chat}
            summary: {fr: "Échanger à plusieurs", en: "Talk together"}
            icon: messages-square
            category: together
            signIn: {kind: oidc, clientId: chat, redirectUris: ["https://chat.example/cb"], initiateUrl: "https://chat.example/"}
            roles: [user, moderator]
            suits: [agent, elu]
            needs: [sign-in]
            connector:
              kind: scim
              settings: {url: "https://chat.example/scim/v2", token: "${secret:CHAT_TOKEN}"}
            """;

    @Test
    void aGoodDescriptorIsTakenAsItStands() {
        DescriptorReader.Reading reading = DescriptorReader.read("chat.yaml", GOOD);

        assertThat(reading.problems()).isEmpty();
        Descriptor descriptor = reading.descriptor();
        assertThat(descriptor).isNotNull();
        assertThat(descriptor.service().suits()).containsExactlyInAnyOrder(AffiliationKind.AGENT, AffiliationKind.ELU);
        assertThat(descriptor.service().signIn().opens()).isEqualTo("https://chat.example/");
        assertThat(descriptor.settings()).containsEntry("token", "${secret:CHAT_TOKEN}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: chat            | id: Chat!                                   | 1  | word
            icon: messages-square | icon: [a, b]                                | 4  | text
            suits: [agent, elu] | suits: [mayor]                              | 8  | kind
            category: together  | categories: together                        | 5  | unknown
            roles: [user, moderator] | roles: []                              | 7  | list.empty
            https://chat.example/"} | javascript:alert(1)"}                    | 6  | url
            kind: oidc          | kind: magic                                 | 6  | signIn
            ${secret:CHAT_TOKEN}| s3cr3t                                      | 12 | secret.plain
            needs: [sign-in]    | needs: [chat]                               | 1  | needs.itself
            needs: [sign-in]    | icon: twice                                 | 9  | twice
            """)
    void whatIsWrongIsSaidWithItsLine(String from, String to, int line, String code) {
        DescriptorReader.Reading reading = DescriptorReader.read("chat.yaml", GOOD.replace(from, to));

        assertThat(reading.descriptor()).isNull();
        assertThat(reading.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "id: [",
                "\t- x",
                "- a\n- b",
                "just text",
                "a: &a [*a]",
                "!!javax.script.ScriptEngineManager []",
                "\u0000"
            })
    void whatIsNotADescriptorIsAProblemAndNothingElse(String yaml) {
        DescriptorReader.Reading reading = DescriptorReader.read("odd.yaml", yaml);

        assertThat(reading.descriptor()).isNull();
        assertThat(reading.problems()).isNotEmpty();
    }
}
