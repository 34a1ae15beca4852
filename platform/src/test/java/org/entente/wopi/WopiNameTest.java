package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.entente.files.FileNode;
import org.entente.files.Visitor;
import org.junit.jupiter.api.Test;

/** Names that an office server asks for: of copies beside a file, and of the file. */
class WopiNameTest extends WopiTown {

    @Test
    void aCopyIsPutBesideUnderAFreeNameAndOpensByATokenOfItsOwn() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Rapport.docx", "a");
        String token = open(nadia, file);

        // when
        HttpResponse<String> first = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-SuggestedTarget", ".odt")
                .body("b")
                .to(port);
        HttpResponse<String> second = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-SuggestedTarget", "Rapport.odt")
                .body("c")
                .to(port);

        // then
        assertThat(WopiTest.<String>read(first, "$.Name")).isEqualTo("Rapport.odt");
        assertThat(WopiTest.<String>read(second, "$.Name")).isEqualTo("Rapport (2).odt");
        String url = read(first, "$.Url");
        assertThat(url).startsWith(FakeOffice.PLATFORM + "/wopi/files/");
        String path = url.substring(FakeOffice.PLATFORM.length(), url.indexOf('?'));
        String its = url.substring(url.indexOf('=') + 1);
        assertThat(office.call("GET", path + "/contents", its).to(port).body()).isEqualTo("b");
        assertThat(office.call("GET", path, token).to(port).statusCode()).isEqualTo(401);
        assertThat(WopiTest.<String>read(first, "$.HostEditUrl")).startsWith("http://portal.example/office-server/");
    }

    @Test
    void anExactNameIsKeptOrRefused() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Source.docx", "a");
        FileNode there = write(nadia, "Là.docx", "ancien");
        String token = open(nadia, file);

        HttpResponse<String> refused = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-RelativeTarget", "L+AOA-.docx")
                .body("b")
                .to(port);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(town.read(nadia, there)).isEqualTo("ancien");

        locking(there, open(nadia, there), "LOCK", "occupé".replace("é", "e"));
        HttpResponse<String> locked = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-RelativeTarget", "L+AOA-.docx")
                .with("X-WOPI-OverwriteRelativeTarget", "true")
                .body("b")
                .to(port);
        assertThat(locked.statusCode()).isEqualTo(409);
        assertThat(lockOf(locked)).isEqualTo("occupe");

        locking(there, open(nadia, there), "UNLOCK", "occupe");
        HttpResponse<String> done = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-RelativeTarget", "L+AOA-.docx")
                .with("X-WOPI-OverwriteRelativeTarget", "true")
                .body("b")
                .to(port);
        assertThat(WopiTest.<String>read(done, "$.Name")).isEqualTo("Là.docx");
        assertThat(town.read(nadia, there)).isEqualTo("b");

        assertThat(operation(file, token, "PUT_RELATIVE").body("b").to(port).statusCode())
                .isEqualTo(400);
        assertThat(operation(file, token, "PUT_RELATIVE")
                        .with("X-WOPI-RelativeTarget", "a.docx")
                        .with("X-WOPI-SuggestedTarget", "b.docx")
                        .body("b")
                        .to(port)
                        .statusCode())
                .isEqualTo(501);
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode folder = files.makeFolder(nadia, town.home(nadia), "Dossier");
        FileNode file = town.write(nadia, folder.id(), "Source.docx", "a");
        String token = open(nadia, file);

        HttpResponse<String> suggested = operation(file, token, "PUT_RELATIVE")
                .with("X-WOPI-SuggestedTarget", "../+AC8-etc+AC8-x.docx")
                .body("b")
                .to(port);
        assertThat(WopiTest.<String>read(suggested, "$.Name")).isEqualTo("Source.._" + "_etc_x.docx");
        for (String name : List.of("../x.docx", "..", "a/b.docx", "a\\b.docx", "+AAA-.docx")) {
            assertThat(operation(file, token, "PUT_RELATIVE")
                            .with("X-WOPI-RelativeTarget", name)
                            .body("b")
                            .to(port)
                            .statusCode())
                    .as(name)
                    .isEqualTo(400);
        }
        assertThat(operation(file, token, "RENAME_FILE")
                        .with("X-WOPI-RequestedName", "../x")
                        .to(port)
                        .statusCode())
                .isEqualTo(400);
        assertThat(town.names(nadia, town.home(nadia))).containsExactly("Dossier");
    }

    @Test
    void aFileIsRenamedUnderItsLockWhichStays() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Brouillon.docx", "a");
        write(nadia, "Pris.docx", "x");
        String token = open(nadia, file);
        locking(file, token, "LOCK", "un");

        HttpResponse<String> renamed = operation(file, token, "RENAME_FILE")
                .with("X-WOPI-Lock", "un")
                .with("X-WOPI-RequestedName", "D+AOk-finitif")
                .to(port);
        HttpResponse<String> withItsEnding = operation(file, token, "RENAME_FILE")
                .with("X-WOPI-Lock", "un")
                .with("X-WOPI-RequestedName", "D+AOk-finitif.DOCX")
                .to(port);
        HttpResponse<String> taken = operation(file, token, "RENAME_FILE")
                .with("X-WOPI-Lock", "un")
                .with("X-WOPI-RequestedName", "Pris")
                .to(port);
        HttpResponse<String> withoutLock = operation(file, token, "RENAME_FILE")
                .with("X-WOPI-RequestedName", "Autre")
                .to(port);

        assertThat(WopiTest.<String>read(renamed, "$.Name")).isEqualTo("Définitif");
        assertThat(WopiTest.<String>read(renamed, "$.Url"))
                .isEqualTo(FakeOffice.PLATFORM + at(file) + "?access_token=" + token);
        assertThat(WopiTest.<String>read(withItsEnding, "$.Name")).isEqualTo("Définitif");
        assertThat(taken.statusCode()).isEqualTo(400);
        assertThat(taken.headers().firstValue("X-WOPI-InvalidFileNameError")).isPresent();
        assertThat(withoutLock.statusCode()).isEqualTo(409);
        assertThat(files.node(nadia, file.id()).name()).isEqualTo("Définitif.docx");
        assertThat(lockOf(operation(file, token, "GET_LOCK").to(port))).isEqualTo("un");
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(200);
    }
}
