package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** What an office server may do for somebody: read and save. */
class WopiTest extends WopiTown {

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
