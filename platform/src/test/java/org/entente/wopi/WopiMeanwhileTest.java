package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** What somebody else wrote meanwhile is not lost, and neither is what was written here. */
class WopiMeanwhileTest extends WopiTown {

    @Test
    void whatSomebodyElseWroteMeanwhileIsNotWrittenOver() throws Exception {
        // given Collabora's way: it says what it worked on
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Partage.odt", "a");
        String token = open(nadia, file);
        String seen = read(info(file, token), "$.LastModifiedTime");
        town.write(nadia, file.parent(), "Partage.odt", "par la synchronisation");
        locking(file, token, "LOCK", "un");

        // when
        HttpResponse<String> refused = put(file, token, "b")
                .with("X-WOPI-Lock", "un")
                .with("X-COOL-WOPI-Timestamp", seen)
                .to(port);
        HttpResponse<String> formerName = put(file, token, "b")
                .with("X-WOPI-Lock", "un")
                .with("X-LOOL-WOPI-Timestamp", "hier")
                .to(port);

        // then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"COOLStatusCode\":1010", "\"LOOLStatusCode\":1010");
        assertThat(formerName.statusCode()).isEqualTo(409);
        assertThat(town.read(nadia, file)).isEqualTo("par la synchronisation");

        // when the person decides to write over it: no time is said
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(200);
        assertThat(history.versions(nadia, file.id())).hasSize(2);
    }

    @Test
    void eachSaveTellsTheTimeThatTheNextOneSays() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Suite.odt", "a");
        String token = open(nadia, file);
        String seen = read(info(file, token), "$.LastModifiedTime");
        locking(file, token, "LOCK", "un");
        for (String text : List.of("b", "c", "d")) {
            HttpResponse<String> saved = put(file, token, text)
                    .with("X-WOPI-Lock", "un")
                    .with("X-COOL-WOPI-Timestamp", seen)
                    .to(port);
            seen = read(saved, "$.LastModifiedTime");
        }
        assertThat(town.read(nadia, file)).isEqualTo("d");
    }

    @Test
    void workIsNotLostWhenALockRanOutAndNobodyWroteMeanwhile() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Veille.odt", "a");
        String token = open(nadia, file);
        String seen = read(info(file, token), "$.LastModifiedTime");
        locking(file, token, "LOCK", "un");

        // when the machine slept for longer than half an hour
        jdbc.sql("UPDATE files.lock SET expires_at = now() - interval '1 minute' WHERE node = ?")
                .param(file.id().value())
                .update();

        // then
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(409);
        assertThat(put(file, token, "b")
                        .with("X-WOPI-Lock", "un")
                        .with("X-COOL-WOPI-Timestamp", seen)
                        .to(port)
                        .statusCode())
                .isEqualTo(200);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatComesSlowlyUnderALockThatRanOutReplacesNothingNewer() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Lente.docx", "a");
        String token = open(nadia, file);
        locking(file, token, "LOCK", "un");
        WopiTokens.Held held = tokens.shown(token, file.id(), "127.0.0.1").orElseThrow();
        MockHttpServletRequest slow = new MockHttpServletRequest("POST", at(file) + "/contents") {
            @Override
            public ServletInputStream getInputStream() {
                // when the lock runs out and somebody writes while the body is on its way
                jdbc.sql("UPDATE files.lock SET expires_at = now() - interval '1 minute' WHERE node = ?")
                        .param(file.id().value())
                        .update();
                try {
                    town.write(nadia, file.parent(), "Lente.docx", "plus neuf");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.getInputStream();
            }
        };
        slow.addHeader("X-WOPI-Lock", "un");
        slow.setContent("périmé".getBytes(UTF_8));

        // then
        assertThatThrownBy(() -> contents.put(
                        new WopiCall(slow, new MockHttpServletResponse(), token, held, file, new JsonMapper())))
                .isInstanceOfSatisfying(
                        WopiError.class, refused -> assertThat(refused.status()).isEqualTo(409));
        assertThat(town.read(nadia, file)).isEqualTo("plus neuf");
    }
}
