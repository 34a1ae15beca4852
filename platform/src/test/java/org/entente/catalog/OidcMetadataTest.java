package org.entente.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What an OpenID Connect application says of itself is read, and what is not done here is said word by word. */
class OidcMetadataTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void whatAnApplicationPrintsFillsTheDescription() {
        OidcMetadata known = read("""
                {"client_name": "Wiki", "client_name#fr": "Le wiki", "client_id": "wiki-ville",
                 "redirect_uris": ["https://wiki.example/cb", "https://wiki.example/cb"],
                 "post_logout_redirect_uris": ["https://wiki.example/"],
                 "backchannel_logout_uri": "https://wiki.example/logout", "client_uri": "https://wiki.example/",
                 "initiate_login_uri": "https://wiki.example/login", "token_endpoint_auth_method": "client_secret_post",
                 "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
                 "scope": "openid email siret", "contacts": ["x@wiki.example"]}""");

        assertThat(known)
                .isEqualTo(new OidcMetadata(
                        "Le wiki",
                        "wiki-ville",
                        List.of("https://wiki.example/cb"),
                        List.of("https://wiki.example/"),
                        "https://wiki.example/logout",
                        "https://wiki.example/login",
                        true,
                        false,
                        List.of()));
    }

    @Test
    void anApplicationOfTheBrowserHasNoSecret() {
        assertThat(read(with("token_endpoint_auth_method", "\"none\"")).confidential())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token_endpoint_auth_method|\"private_key_jwt\"|authentication|true",
                "grant_types|[\"implicit\"]|grant|true",
                "grant_types|[\"client_credentials\"]|grant|false",
                "response_types|[\"id_token\"]|response|true",
                "id_token_signed_response_alg|\"HS256\"|algorithm|true",
                "userinfo_signed_response_alg|\"RS256\"|proconnect|false",
                "subject_type|\"pairwise\"|pairwise|false",
                "frontchannel_logout_uri|\"https://wiki.example/front\"|front-channel|false",
                "jwks_uri|\"https://wiki.example/keys\"|keys|false",
                "client_secret|\"of-a-document\"|secret|false",
                "scope|\"openid groups.read\"|scope|true",
                "scope|7|no-text|true",
                "post_logout_redirect_uris|\"https://wiki.example/\"|no-list|true",
                "post_logout_redirect_uris|[\"https://*.example/\"]|url|false",
                "backchannel_logout_uri|\"http://wiki.example/logout\"|url|false",
                "client_uri|\"javascript:alert(1)\"|url|false",
                "colour|\"red\"|unknown|false"
            })
    void whatIsNotDoneHereIsSaid(String word, String value, String code, boolean stops) {
        OidcMetadata known = read(with(word, value));

        assertThat(known.remarks()).singleElement().satisfies(one -> {
            assertThat(one.word()).isEqualTo(word);
            assertThat(one.code()).isEqualTo(code);
            assertThat(one.stops()).isEqualTo(stops);
        });
        assertThat(known.afterSignOut()).isEmpty();
        assertThat(known.backChannelLogout()).isNull();
        assertThat(known.opens()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://wiki.example/*",
                "https://wiki.example/cb#x",
                "http://wiki.example/cb",
                "com.wiki:/cb",
                "javascript:alert(1)",
                "https:///cb",
                "/cb"
            })
    void aReturnAddressThatIsNotSafeIsNotTaken(String url) {
        OidcMetadata known = read("{\"redirect_uris\": [\"" + url + "\", \"https://wiki.example/cb\"]}");

        assertThat(known.redirectUris()).containsExactly("https://wiki.example/cb");
        assertThat(known.remarks())
                .singleElement()
                .satisfies(one -> assertThat(one.stops()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|oidc-metadata.unreadable",
                "[1]|oidc-metadata.unreadable",
                "{\"redirect_uris\": [|oidc-metadata.unreadable",
                "{\"issuer\": \"https://x\", \"authorization_endpoint\": \"https://x/auth\"}|oidc-metadata.provider",
                "{\"client_name\": \"x\"}|oidc-metadata.no-application"
            })
    void whatIsNoMetadataOfAnApplicationIsRefused(String text, String code) {
        assertThat(catchThrowableOfType(Refusal.class, () -> read(text)).code()).isEqualTo(code);
    }

    @Test
    void aDocumentOfAnySizeIsNotRead() {
        String huge = with("x", "\"" + "a".repeat(100_000) + "\"");

        assertThat(catchThrowableOfType(Refusal.class, () -> read(huge)).code()).isEqualTo("oidc-metadata.unreadable");
        assertThat(catchThrowableOfType(Refusal.class, () -> read("[".repeat(90_000)))
                        .code())
                .isEqualTo("oidc-metadata.unreadable");
    }

    private OidcMetadata read(String text) {
        return OidcMetadata.read(text, json);
    }

    private static String with(String word, String value) {
        return "{\"redirect_uris\": [\"https://wiki.example/cb\"], \"" + word + "\": " + value + "}";
    }
}
