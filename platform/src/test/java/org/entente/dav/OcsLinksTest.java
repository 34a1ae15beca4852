package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links as Nextcloud's clients make them, on the wire. */
class OcsLinksTest extends OcsTown {

    @Test
    void aLinkIsMadeChangedAndEnded() throws Exception {
        String path = made(nadia, "Plans");
        HttpResponse<String> made = ocs(nadia, "POST", SHARES, Map.of("path", path, "shareType", "3"));
        String id = data(made, ".id");
        String url = data(made, ".url");
        assertThat(url).startsWith(uri("/l/").toString());
        HttpClient anybody = HttpClient.newHttpClient();
        HttpRequest open = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .contains("Plans")
                .doesNotContain("type=\"password\"");

        HttpResponse<String> locked =
                ocs(nadia, "PUT", SHARES + "/" + id, Map.of("password", "soleil-de-mai", "expireDate", "2040-01-31"));
        assertThat(OcsTown.<String>data(locked, ".share_with")).isEqualTo("***");
        assertThat(OcsTown.<String>data(locked, ".expiration")).isEqualTo("2040-01-31 00:00:00");
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .contains("type=\"password\"");
        // The address is kept as a fingerprint only, and nobody else learns of the link.
        assertThat(OcsTown.<String>data(ocs(nadia, "GET", SHARES + "?path=" + DavPath.encoded(path)), "[0].url"))
                .isEmpty();
        assertThat(ocs(samir, "GET", SHARES + "/" + id).statusCode()).isEqualTo(404);
        assertThat(ocs(samir, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(404);

        for (Map<String, String> change : List.of(
                Map.of("permissions", "15"),
                Map.of("publicUpload", "true"),
                Map.of("password", "court"),
                Map.of("expireDate", "hier"))) {
            assertThat(ocs(nadia, "PUT", SHARES + "/" + id, change).statusCode())
                    .as(change.toString())
                    .isIn(400, 403);
        }
        HttpResponse<String> drop = ocs(nadia, "PUT", SHARES + "/" + id, Map.of("permissions", "4"));
        assertThat(OcsTown.<Integer>data(drop, ".permissions")).isEqualTo(4);
        assertThat(ocs(nadia, "DELETE", SHARES + "/" + id).statusCode()).isEqualTo(200);
        assertThat(anybody.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .doesNotContain("Plans");
    }
}
