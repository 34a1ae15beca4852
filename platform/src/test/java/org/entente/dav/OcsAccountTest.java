package org.entente.dav;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Nextcloud's clients ask beside WebDAV of the place and of who they are, on the wire. */
class OcsAccountTest extends OcsTown {

    @Test
    void aProgramIsToldWhatIsHereAndWhoItIs() throws Exception {
        HttpResponse<String> here = ocs(nadia, "GET", "/ocs/v1.php/cloud/capabilities");
        assertThat(here.body()).contains("\"statuscode\":100,");
        assertThat(JsonPath.<Boolean>read(here.body(), "$.ocs.data.capabilities.files_sharing.api_enabled"))
                .isTrue();
        HttpResponse<String> user = ocs(nadia, "GET", "/ocs/v2.php/cloud/user");
        assertThat(user.body()).contains("\"statuscode\":200,");
        assertThat(JsonPath.<String>read(user.body(), "$.ocs.data.id"))
                .isEqualTo(nadia.visitor().capacity().toString());
        assertThat(JsonPath.<String>read(user.body(), "$.ocs.data.displayname")).isEqualTo("Nadia Essai");
        assertThat(JsonPath.<Integer>read(user.body(), "$.ocs.data.quota.used")).isNotNegative();
        // As XML to who does not ask for JSON.
        HttpResponse<String> xml = send(nadia, "GET", "/ocs/v1.php/cloud/user", "", "OCS-APIRequest", "true");
        assertThat(text(xml, "display-name")).isEqualTo("Nadia Essai");
        assertThat(text(xml, "statuscode")).isEqualTo("100");
        for (String none : List.of(
                "/ocs/v2.php/apps/notifications/api/v2/notifications",
                "/ocs/v2.php/apps/user_status/api/v1/user_status",
                "/ocs/v3.php/cloud/user",
                "/ocs/v2.php")) {
            assertThat(ocs(nadia, "GET", none).statusCode()).as(none).isIn(404, 200);
            assertThat(JsonPath.<Integer>read(ocs(nadia, "GET", none).body(), "$.ocs.meta.statuscode"))
                    .as(none)
                    .isEqualTo(404);
        }
        assertThat(data(ocs(nadia, "GET", "/ocs/v2.php/core/navigation/apps"), "")
                        .toString())
                .isEqualTo("[]");
        for (String picture : List.of(
                "/index.php/core/preview?fileId=12&x=64&y=64",
                "/index.php/avatar/" + nadia.visitor().capacity() + "/64",
                "/remote.php/dav/avatars/" + nadia.visitor().capacity() + "/128.png")) {
            assertThat(status(nadia, "GET", picture, "")).as(picture).isEqualTo(404);
        }
        assertThat(status(nadia, "GET", "/index.php/apps/theming/favicon", "")).isEqualTo(302);
    }

    @Test
    void whoIsNotSignedInIsToldWhatThePlaceIsAndNoMore() throws Exception {
        HttpClient stranger = HttpClient.newHttpClient();
        String here = stranger.send(
                        HttpRequest.newBuilder(uri("/ocs/v2.php/cloud/capabilities?format=json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(JsonPath.<Integer>read(here, "$.ocs.data.version.major")).isEqualTo(28);
        assertThat(here).doesNotContain("files_sharing");
        Device wrong = new Device(nadia.visitor(), nadia.passwordId(), nadia.address(), "wrong");
        HttpResponse<String> refused = ocs(wrong, "GET", "/ocs/v1.php/cloud/user");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(JsonPath.<Integer>read(refused.body(), "$.ocs.meta.statuscode"))
                .isEqualTo(997);
    }

    @Test
    void aProgramThatIsSignedOutRevokesItsOwnPassword() throws Exception {
        Device other = device(nadia.visitor());
        assertThat(ocs(nadia, "GET", "/ocs/v2.php/core/getapppassword").statusCode())
                .isEqualTo(403);
        assertThat(ocs(nadia, "DELETE", "/ocs/v2.php/core/apppassword").statusCode())
                .isEqualTo(200);
        assertThat(ocs(nadia, "GET", "/ocs/v2.php/cloud/user").statusCode()).isEqualTo(401);
        assertThat(ocs(other, "GET", "/ocs/v2.php/cloud/user").statusCode()).isEqualTo(200);
    }
}
