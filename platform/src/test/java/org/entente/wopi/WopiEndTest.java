package org.entente.wopi;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.files.FileNode;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.entente.identity.session.TestSession;
import org.junit.jupiter.api.Test;

/** What is over opens nothing: sessions, tokens, capacities, rights. */
class WopiEndTest extends WopiTown {

    @Test
    void signingOutEndsWhatWasOpened() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        TestSession first = signIn(nadia);
        TestSession second = signIn(nadia);
        String ended = open(first, file.id()).token();
        String live = open(second, file.id()).token();

        assertThat(api(first, "POST", "/sign-out").statusCode()).isBetween(200, 303);

        assertThat(info(file, ended).statusCode()).isEqualTo(401);
        assertThat(info(file, live).statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionThatRanOutEndsWhatWasOpenedAndOnlyWorkKeepsItAlive() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        jdbc.sql("UPDATE identity.session SET seen_at = now() - interval '119 minutes' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        // what the office server does by itself for a document that was left open
        assertThat(info(file, token).statusCode()).isEqualTo(200);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(locking(file, token, "REFRESH_LOCK", "un").statusCode()).isEqualTo(200);
        assertThat(usedThisMinute(nadia)).isFalse();
        // what somebody does
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(200);
        assertThat(usedThisMinute(nadia)).isTrue();

        jdbc.sql("UPDATE identity.session SET seen_at = now() - interval '121 minutes' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenRunsOut() throws Exception {
        Visitor nadia = agent("Nadia");
        FileNode file = write(nadia, "A.docx", "a");
        String token = open(nadia, file);
        jdbc.sql("UPDATE wopi.token SET expires_at = now() - interval '1 second' WHERE person = ?")
                .param(nadia.person().value())
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(401);
    }

    @Test
    void aDepartureEndsItInTheMiddle() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor also = town.also(nadia, town.member("Grigny"));
        FileNode file = write(nadia, "A.docx", "a");
        FileNode elsewhere = write(also, "B.docx", "b");
        String token = open(nadia, file);
        String other = open(also, elsewhere);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);

        town.ends(nadia);

        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(401);
        assertThat(info(elsewhere, other).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoLongerSharedIsGoneAndWhatIsOnlyToBeReadNowIsOnlyRead() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "A.docx", "a");
        String key = "c:" + karim.capacity();
        town.share(file.id(), key, SpaceRole.EDIT);
        String token = open(karim, file);
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(200);

        jdbc.sql("UPDATE files.share SET role = 'read' WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(put(file, token, "b").with("X-WOPI-Lock", "un").to(port).statusCode())
                .isEqualTo(403);
        assertThat(WopiTest.<Boolean>read(info(file, token), "$.UserCanWrite")).isFalse();

        jdbc.sql("DELETE FROM files.share WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(info(file, token).statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenGivenToReadDoesNotWriteWhenMoreIsAllowedLater() throws Exception {
        Visitor nadia = agent("Nadia");
        Visitor karim = town.agent(nadia.member(), "Karim", null);
        FileNode file = write(nadia, "A.docx", "a");
        String key = "c:" + karim.capacity();
        town.share(file.id(), key, SpaceRole.READ);
        String token = open(karim, file);
        jdbc.sql("UPDATE files.share SET role = 'edit' WHERE node = ? AND to_key = ?")
                .params(file.id().value(), key)
                .update();
        assertThat(locking(file, token, "LOCK", "un").statusCode()).isEqualTo(403);
    }

    private boolean usedThisMinute(Visitor visitor) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM identity.session WHERE person = ? AND seen_at > now() - interval '1 minute')")
                .param(visitor.person().value())
                .query(Boolean.class)
                .single();
    }
}
