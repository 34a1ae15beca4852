package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** What is not taken of an upload in parts. */
class UploadsRefusedTest extends UploadLines {

    @Test
    void partsOutOfPlaceTooManyOrFromSomebodyElseAreRefused() throws Exception {
        String upload = begin("a.bin", 4);
        HttpHeaders stranger = signedIn(town.agent(givors, "Bob", null));

        assertThat(send(upload, 2, new byte[1]).statusCode()).isEqualTo(409);
        assertThat(send(upload, 0, new byte[5]).statusCode()).isEqualTo(413);
        assertThat(send(stranger, upload, 0, new byte[1]).statusCode()).isEqualTo(404);
        assertThat(call(stranger, upload, "HEAD", null, Map.of("Tus-Resumable", "1.0.0"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(call(session, upload, "PATCH", new byte[1], Map.of("Upload-Offset", "0"))
                        .statusCode())
                .as("another version of the protocol")
                .isEqualTo(412);
        assertThat(call(
                                session,
                                upload,
                                "PATCH",
                                new byte[1],
                                Map.of("Tus-Resumable", "1.0.0", "Upload-Offset", "0", "Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(finish(upload, "refuse").statusCode()).as("not all has come").isEqualTo(409);
        assertThat(offset(upload)).isZero();
    }

    @Test
    void withoutTheTokenAgainstForgedRequestsNothingIsTaken() throws Exception {
        String upload = begin("a.bin", 4);
        HttpHeaders forged = new HttpHeaders();
        forged.set(HttpHeaders.COOKIE, session.getFirst(HttpHeaders.COOKIE));

        assertThat(send(forged, upload, 0, new byte[4]).statusCode()).isEqualTo(403);
        assertThat(offset(upload)).isZero();
    }

    @Test
    void onlyWhereABodyIsAFileMayItBeLarge() throws Exception {
        byte[] large = new byte[2 * MIB];
        assertThat(call(session, "/api/files/nodes/" + home + "/files?name=a.bin", "PUT", large, Map.of())
                        .statusCode())
                .isEqualTo(201);
        assertThat(call(
                                session,
                                "/api/files/nodes/" + home + "/files?name=b.bin",
                                "PUT",
                                large,
                                Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .statusCode())
                .as("what some programmes say of whatever they send")
                .isEqualTo(201);
        assertThat(files.find(anne, home, List.of("b.bin")).orElseThrow().size())
                .isEqualTo(large.length);
        assertThat(call(session, "/api/files/move", "POST", large, Map.of("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(call(session, "/api/files/uploads", "POST", large, Map.of("Tus-Resumable", "1.0.0"))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void metadataThatSaysNothingUsefulIsRefused() throws Exception {
        for (String metadata : List.of(
                "",
                "filename",
                "filename !!!",
                "filename " + base64("a") + ",folder " + base64("x"),
                "filename /w==,folder " + base64(home.toString()),
                "filename " + base64("a") + ",folder " + base64(home.toString()) + ",modified " + base64("never"))) {
            assertThat(call(
                                    session,
                                    "/api/files/uploads",
                                    "POST",
                                    null,
                                    Map.of("Tus-Resumable", "1.0.0", "Upload-Length", "3", "Upload-Metadata", metadata))
                            .statusCode())
                    .as(metadata)
                    .isEqualTo(422);
        }
        assertThat(call(session, "/api/files/uploads", "OPTIONS", null, Map.of())
                        .headers()
                        .firstValue("Tus-Extension"))
                .hasValue("creation,expiration,termination");
    }
}
