package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.junit.jupiter.api.Test;

/** The locks of an office server, and of others. */
class WopiLockTest extends WopiTown {

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
}
