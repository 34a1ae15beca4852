package org.entente.wopi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** What an office server may do for somebody: read, lock, write, put beside, rename. */
class WopiTest extends WopiTown {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    WopiTokens tokens;

    @Autowired
    WopiContents contents;

    @Test
    void whatOneOpensIsReadAndSavedAsAVersionOfTheirs() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Lettre.docx", "Bonjour");

        // when
        Opened opened = open(signIn(nadia), file.id());
        String token = opened.token();
        HttpResponse<String> info = info(file, token);
        String text = office.call("GET", at(file) + "/contents", token).to(port).body();
        int locked = locking(file, token, "LOCK", "verrou").statusCode();
        HttpResponse<String> saved =
                put(file, token, "Bonsoir").with("X-WOPI-Lock", "verrou").to(port);
        int unlocked = locking(file, token, "UNLOCK", "verrou").statusCode();

        // then
        assertThat(opened.action())
                .startsWith(office.url()
                        + "/browser/1/cool.html?WOPISrc=https%3A%2F%2Fplatform.example%2Fwopi%2Ffiles%2F" + file.id());
        assertThat(WopiTest.<String>read(info, "$.BaseFileName")).isEqualTo("Lettre.docx");
        assertThat(WopiTest.<Integer>read(info, "$.Size")).isEqualTo(7);
        assertThat(WopiTest.<String>read(info, "$.UserFriendlyName")).isEqualTo("Nadia Essai");
        assertThat(WopiTest.<Boolean>read(info, "$.UserCanWrite")).isTrue();
        assertThat(WopiTest.<String>read(info, "$.PostMessageOrigin")).isEqualTo("http://portal.example");
        assertThat(WopiTest.<String>read(info, "$.CloseUrl")).isEqualTo("http://portal.example/files/" + file.parent());
        assertThat(WopiTest.<String>read(info, "$.UserId")).matches("[0-9a-f]{32}");
        assertThat(info.body())
                .doesNotContain(
                        nadia.person().toString(),
                        nadia.capacity().toString(),
                        file.space().toString());
        assertThat(text).isEqualTo("Bonjour");
        assertThat(List.of(locked, saved.statusCode(), unlocked)).containsOnly(200);
        FileNode now = files.node(nadia, file.id());
        assertThat(town.read(nadia, now)).isEqualTo("Bonsoir");
        assertThat(now.changedBy()).isEqualTo(nadia.capacity());
        assertThat(saved.headers().firstValue("X-WOPI-ItemVersion")).contains(now.etag());
        assertThat(history.versions(nadia, file.id())).hasSize(1);
    }

    @Test
    void twoWhoOpenTheSameFileAreTwoAndEachIsTheSameAgain() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "A.odt", "a");
        town.share(file.id(), "c:" + karim.capacity(), SpaceRole.EDIT);

        String first = read(info(file, open(nadia, file)), "$.UserId");
        String again = read(info(file, open(nadia, file)), "$.UserId");
        String other = read(info(file, open(karim, file)), "$.UserId");

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void whoMayOnlyReadWritesNothing() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        Visitor reader = town.agent(nadia.member(), "Rachid", null);
        FileNode file = write(nadia, "Budget.xlsx", "1");
        town.share(file.id(), "c:" + reader.capacity(), SpaceRole.READ);

        // when
        Opened opened = open(signIn(reader), file.id());
        String token = opened.token();
        HttpResponse<String> info = info(file, token);

        // then
        assertThat(opened.writes()).isFalse();
        assertThat(opened.action()).contains("/cell/view?rs=fr-FR&WOPISrc=").doesNotContain("<", "DISABLE_CHAT");
        assertThat(WopiTest.<Boolean>read(info, "$.UserCanWrite")).isFalse();
        assertThat(WopiTest.<Boolean>read(info, "$.ReadOnly")).isTrue();
        assertThat(WopiTest.<Boolean>read(info, "$.UserCanNotWriteRelative")).isTrue();
        assertThat(office.call("GET", at(file) + "/contents", token).to(port).body())
                .isEqualTo("1");
        for (String operation : List.of("LOCK", "REFRESH_LOCK", "UNLOCK")) {
            assertThat(locking(file, token, operation, "x").statusCode())
                    .as(operation)
                    .isEqualTo(403);
        }
        assertThat(put(file, token, "2").to(port).statusCode()).isEqualTo(403);
        assertThat(operation(file, token, "PUT_RELATIVE")
                        .with("X-WOPI-SuggestedTarget", ".xlsx")
                        .body("2")
                        .to(port)
                        .statusCode())
                .isEqualTo(403);
        assertThat(operation(file, token, "RENAME_FILE")
                        .with("X-WOPI-RequestedName", "x")
                        .to(port)
                        .statusCode())
                .isEqualTo(403);
        assertThat(town.read(nadia, file)).isEqualTo("1");
        assertThat(history.versions(nadia, file.id())).isEmpty();
    }

    @Test
    void aLockOpensToItsNameOnly() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);

        assertThat(lockOf(operation(file, token, "GET_LOCK").to(port))).isEmpty();
        assertThat(locking(file, token, "REFRESH_LOCK", "un").statusCode()).isEqualTo(409);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(lockOf(operation(file, token, "GET_LOCK").to(port))).isEqualTo("un");
        for (String operation : List.of("LOCK", "REFRESH_LOCK", "UNLOCK")) {
            HttpResponse<String> refused = locking(file, token, operation, "deux");
            assertThat(refused.statusCode()).as(operation).isEqualTo(409);
            assertThat(lockOf(refused)).isEqualTo("un");
        }
        HttpResponse<String> put =
                put(file, token, "b").with("X-WOPI-Lock", "deux").to(port);
        assertThat(put.statusCode()).isEqualTo(409);
        assertThat(lockOf(put)).isEqualTo("un");
        assertThat(put(file, token, "b").to(port).statusCode()).isEqualTo(409);
        assertThat(operation(file, token, "LOCK")
                        .with("X-WOPI-OldLock", "trois")
                        .with("X-WOPI-Lock", "deux")
                        .to(port)
                        .statusCode())
                .isEqualTo(409);
        assertThat(operation(file, token, "LOCK")
                        .with("X-WOPI-OldLock", "un")
                        .with("X-WOPI-Lock", "deux")
                        .to(port)
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "deux").to(port).statusCode())
                .isEqualTo(200);
        assertThat(locking(file, token, "UNLOCK", "un").statusCode()).isEqualTo(409);
        assertThat(locking(file, token, "UNLOCK", "deux").statusCode()).isEqualTo(200);
        assertThat(lockOf(locking(file, token, "UNLOCK", "deux"))).isEmpty();
        assertThat(town.read(nadia, file)).isEqualTo("b");
    }

    @Test
    void aNameOfALockIsBoundedAndHarmless() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);

        assertThat(operation(file, token, "LOCK").to(port).statusCode()).isEqualTo(400);
        assertThat(locking(file, token, "LOCK", "x".repeat(1025)).statusCode()).isEqualTo(400);
        assertThat(locking(file, token, "LOCK", "{\"S\":\"" + "x".repeat(1000) + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutALockOnlyWhatIsEmptyIsWritten() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode empty = write(nadia, "Neuf.docx", "");
        FileNode full = write(nadia, "Plein.docx", "a");

        assertThat(put(empty, open(nadia, empty), "b").to(port).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = put(full, open(nadia, full), "b").to(port);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(lockOf(refused)).isEmpty();
        assertThat(town.read(nadia, full)).isEqualTo("a");
    }

    @Test
    void twoWhoWriteTogetherAreLetInByOneLockWhoeverTookIt() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "Ensemble.docx", "a");
        town.share(file.id(), "c:" + karim.capacity(), SpaceRole.EDIT);
        String hers = open(nadia, file);
        String his = open(karim, file);

        // when she locks, and the server saves in his name
        assertThat(locking(file, hers, "LOCK", "commun").statusCode()).isEqualTo(200);
        assertThat(locking(file, his, "LOCK", "commun").statusCode()).isEqualTo(200);
        int saved = put(file, his, "b").with("X-WOPI-Lock", "commun").to(port).statusCode();

        // then
        assertThat(saved).isEqualTo(200);
        assertThat(files.node(nadia, file.id()).changedBy()).isEqualTo(karim.capacity());
        assertThat(put(file, hers, "c").with("X-WOPI-Lock", "commun").to(port).statusCode())
                .isEqualTo(200);
        assertThat(locking(file, his, "UNLOCK", "commun").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverTookTheLockMayLeaveWhileTheOtherWritesOn() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "Passage.docx", "a");
        town.share(file.id(), "c:" + karim.capacity(), SpaceRole.EDIT);
        String hers = open(nadia, file);
        String his = open(karim, file);
        assertThat(locking(file, his, "LOCK", "commun").statusCode()).isEqualTo(200);

        // when
        town.ends(karim);

        // then
        assertThat(put(file, his, "b").with("X-WOPI-Lock", "commun").to(port).statusCode())
                .isEqualTo(401);
        assertThat(put(file, hers, "c").with("X-WOPI-Lock", "commun").to(port).statusCode())
                .isEqualTo(200);
        assertThat(locking(file, hers, "UNLOCK", "commun").statusCode()).isEqualTo(200);
        assertThat(town.read(nadia, file)).isEqualTo("c");
    }

    @Test
    void itsLocksAreThoseOfWebDav() throws Exception {
        // given
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Commun.docx", "a");
        String token = open(nadia, file);
        String info =
                "<d:lockinfo xmlns:d='DAV:'><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>";

        // when the office server holds it
        locking(file, token, "LOCK", "bureau");

        // then WebDAV sees that, even of the same person
        assertThat(dav(nadia, "PUT", "Commun.docx", "dav").statusCode()).isEqualTo(423);
        assertThat(dav(nadia, "LOCK", "Commun.docx", info).statusCode()).isEqualTo(423);
        assertThat(dav(nadia, "DELETE", "Commun.docx", "").statusCode()).isEqualTo(423);
        assertThat(dav(nadia, "PROPFIND", "Commun.docx", "", "Depth", "0").body())
                .contains("WOPI");
        locking(file, token, "UNLOCK", "bureau");

        // and the other way round
        HttpResponse<String> locked = dav(nadia, "LOCK", "Commun.docx", info);
        assertThat(locked.statusCode()).isEqualTo(200);
        HttpResponse<String> refused = locking(file, token, "LOCK", "bureau");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(lockOf(refused)).isEmpty();
        assertThat(refused.headers().firstValue("X-WOPI-LockedByOtherInterface"))
                .contains("true");
        assertThat(operation(file, token, "GET_LOCK").to(port).statusCode()).isEqualTo(409);
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "bureau").to(port).statusCode())
                .isEqualTo(409);
        dav(
                nadia,
                "UNLOCK",
                "Commun.docx",
                "",
                "Lock-Token",
                locked.headers().firstValue("Lock-Token").orElseThrow());
        assertThat(locking(file, token, "LOCK", "bureau").statusCode()).isEqualTo(200);
        assertThat(town.read(nadia, file)).isEqualTo("a");
    }

    @Test
    void aTokenThatWebDavShowsOfItsLockOpensNothingToSomebodyElse() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "Verrou.docx", "a");
        town.share(file.id(), "c:" + karim.capacity(), SpaceRole.EDIT);
        locking(file, open(nadia, file), "LOCK", "bureau");
        var token = jdbc.sql("SELECT token FROM wopi.lock WHERE node = ?")
                .param(file.id().value())
                .query(java.util.UUID.class)
                .single();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> town.write(karim.holding(Set.of(token)), file.parent(), "Verrou.docx", "b")))
                .hasMessageContaining("file.locked");
    }

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

    @Test
    void whatDoesNotFitIsSaidToBeTooLarge() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Gros.odt", "a");
        String token = open(nadia, file);
        locking(file, token, "LOCK", "un");
        jdbc.sql("UPDATE files.space SET quota = 10 WHERE id = ?")
                .param(file.space().value())
                .update();

        HttpResponse<String> refused =
                put(file, token, "x".repeat(100)).with("X-WOPI-Lock", "un").to(port);

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("file.quota");
        assertThat(town.read(nadia, file)).isEqualTo("a");
    }

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

    @Test
    void afterARestartWhileTheOfficeServerIsSilentEverythingGoesOn() throws Exception {
        // given what was before
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "Redémarrage.docx", "a");
        String token = open(nadia, file);
        locking(file, token, "LOCK", "un");

        // when nothing is in memory any more, and the server does not describe itself
        office.status = 503;
        WopiServer fresh =
                (WopiServer) beans.autowire(WopiServer.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
        WopiTokens tokens =
                (WopiTokens) beans.autowire(WopiTokens.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
        WopiLocks locks =
                (WopiLocks) beans.autowire(WopiLocks.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);

        // then
        assertThat(fresh.discovery().orElseThrow().proof()).isNotNull();
        WopiTokens.Held held = tokens.shown(token, file.id(), "127.0.0.1").orElseThrow();
        assertThat(locks.on(held.visitor(), file.id()).orElseThrow().name()).isEqualTo("un");
    }

    @Test
    void aFileLargerThanTheServerTakesIsNotSent() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "abc");
        assertThat(office.call("GET", at(file) + "/contents", open(nadia, file))
                        .with("X-WOPI-MaxExpectedSize", "2")
                        .to(port)
                        .statusCode())
                .isEqualTo(412);
    }
}
