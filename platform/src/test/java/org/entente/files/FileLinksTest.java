package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.files.FilesTest.assertRefused;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** What a link opens to a stranger, and when it stops. */
class FileLinksTest extends LinksTown {

    @Autowired
    FileSharing sharing;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aStrangerSeesAndFetchesWhatALinkOpensAndNothingElse() throws Exception {
        String link = make(null, null);

        mvc.perform(get(link))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Plans &lt;2026&gt;")))
                .andExpect(content().string(containsString("façade &amp; &quot;toit&quot;.txt")))
                .andExpect(content().string(containsString("Anne Essai")))
                .andExpect(content().string(not(containsString("secret.txt"))))
                .andExpect(header().string("Referrer-Policy", "no-referrer"));
        mvc.perform(get(link + "/file/" + file.id()))
                .andExpect(status().isOk())
                .andExpect(content().string("abc"))
                .andExpect(header().string("Content-Disposition", containsString("attachment")))
                .andExpect(header().string("Content-Security-Policy", containsString("sandbox")));
        mvc.perform(get(link + "/file/" + secret.id())).andExpect(status().isNotFound());
        mvc.perform(get(link + "/folder/" + town.home(anne))).andExpect(status().isNotFound());
        mvc.perform(get(link + "/file/" + folder.id())).andExpect(status().isNotFound());
        mvc.perform(multipart(link + "/files").file(new MockMultipartFile("file", "x.txt", "text/plain", new byte[1])))
                .andExpect(status().isNotFound());
        assertThat(jdbc.sql("SELECT act FROM audit.entry WHERE member = ? AND author = 'file-link' ORDER BY id")
                        .param(givors.value())
                        .query(String.class)
                        .list())
                .containsExactly("file-link.opened", "file-link.fetched");
    }

    @Test
    void aGuessedOrEndedLinkIsToldApartFromNothing() throws Exception {
        String link = make(null, null);
        links.end(anne, folder.id(), links.of(anne, folder.id()).getFirst().id());

        mvc.perform(get(link))
                .andExpect(status().isNotFound())
                .andExpect(content().string(containsString("plus valable")));
        mvc.perform(get("/l/" + "A".repeat(43)).header("Accept-Language", "en"))
                .andExpect(status().isNotFound())
                .andExpect(content().string(containsString("no longer valid")));
        mvc.perform(get("/l/{secret}", "<script>"))
                .andExpect(status().is4xxClientError())
                .andExpect(content().string(not(containsString("<script>"))));
    }

    @Test
    void aPasswordIsAskedAndItsProofHoldsForThatLinkOnly() throws Exception {
        String link = make("correct cheval", null);
        String other = make("autre mot de passe", null);

        mvc.perform(get(link)).andExpect(status().isOk()).andExpect(content().string(not(containsString("façade"))));
        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isNotFound());
        mvc.perform(post(link + "/password").param("password", "faux")).andExpect(status().isForbidden());
        Cookie proof = mvc.perform(post(link + "/password").param("password", "correct cheval"))
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse()
                .getCookie("entente-link");
        mvc.perform(get(link).cookie(proof)).andExpect(content().string(containsString("façade")));
        mvc.perform(get(other).cookie(proof)).andExpect(content().string(not(containsString("façade"))));
        mvc.perform(get(link).cookie(new Cookie("entente-link", "AAAA")))
                .andExpect(content().string(not(containsString("façade"))));
    }

    @Test
    void manyWrongPasswordsHaveToWait() throws Exception {
        String link = make("correct cheval", null);
        for (int i = 0; i < 10; i++) {
            mvc.perform(post(link + "/password").param("password", "faux " + i));
        }

        mvc.perform(post(link + "/password").param("password", "correct cheval"))
                .andExpect(status().isTooManyRequests());
        mvc.perform(post(link + "/password").param("password", "correct cheval").with(from("2001:db8:0:1::9")))
                .andExpect(status().isSeeOther());
    }

    @Test
    void manyGuessesAtOnceAreNoMoreThanOneByOne() throws Exception {
        String link = make("correct cheval", null);
        List<Callable<Integer>> guesses = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> mvc.perform(post(link + "/password")
                                .param("password", "faux " + i)
                                .with(from("2001:db8:0:2::" + i))) // one house
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .toList();

        List<Integer> answers = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : together.invokeAll(guesses)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers.stream().filter(status -> status == 403).count()).isBetween(1L, 12L);
        assertThat(answers).contains(429);
    }

    @Test
    void aPasswordThatIsRightIsNotCounted() throws Exception {
        String link = make("correct cheval", null);
        for (int i = 0; i < 15; i++) {
            mvc.perform(post(link + "/password").param("password", "correct cheval"))
                    .andExpect(status().isSeeOther());
        }
    }

    private static RequestPostProcessor from(String address) {
        return request -> {
            request.setRemoteAddr(address);
            return request;
        };
    }

    @Test
    void aLinkGivesNoMoreThanItsNumberOfDownloads() throws Exception {
        String link = make(null, 2);
        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isOk());
        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isOk());

        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isNotFound());
        mvc.perform(get(link)).andExpect(status().isNotFound());
        assertThat(links.of(anne, folder.id()).getFirst()).satisfies(one -> {
            assertThat(one.used()).isEqualTo(2);
            assertThat(one.inForce()).isFalse();
        });
    }

    @Test
    void whoReloadsAPageFillsNoLedger() throws Exception {
        String link = make(null, null);
        for (int i = 0; i < 3; i++) {
            mvc.perform(get(link)).andExpect(status().isOk());
            mvc.perform(get(link).with(from("2001:db8:0:3::" + i))).andExpect(status().isOk());
        }
        mvc.perform(get(make(null, null))).andExpect(status().isOk());

        assertThat(jdbc.sql("SELECT count(*) FROM audit.entry WHERE member = ? AND act = 'file-link.opened'")
                        .param(givors.value())
                        .query(Integer.class)
                        .single())
                .as("each link once from each place")
                .isEqualTo(3);
    }

    @Test
    void aLinkEndsWithTheCapacityOfItsMakerUnlessItIsTakenOver() throws Exception {
        String link = make(null, null);
        Visitor colleague = town.agent(givors, "Éva", roads);
        town.ends(anne);

        mvc.perform(get(link)).andExpect(status().isNotFound());
        FileLinks.Link left = links.of(colleague, folder.id()).getFirst();
        assertThat(left.inForce()).isFalse();
        assertThat(links.takeOver(colleague, folder.id(), left.id()).inForce()).isTrue();
        mvc.perform(get(link)).andExpect(status().isOk()).andExpect(content().string(containsString("Éva Essai")));
    }

    @Test
    void aLinkEndsAtItsDate() throws Exception {
        String link = links.make(anne, folder.id(), false, null, Instant.now().plus(1, ChronoUnit.DAYS), null, null)
                .path();
        mvc.perform(get(link)).andExpect(status().isOk());
        jdbc.sql("UPDATE files.link SET until = now() - interval '1 second' WHERE node = ?")
                .param(folder.id().value())
                .update();

        mvc.perform(get(link)).andExpect(status().isNotFound());
    }

    @Test
    void onlyWhoManagesMakesLinksAndOnlyWithinReason() {
        Visitor luc = town.agent(givors, "Luc", null);
        sharing.share(
                anne,
                folder.id(),
                new Grantee(Grantee.Kind.CAPACITY, luc.capacity().value(), null),
                SpaceRole.EDIT,
                null);

        assertRefused(() -> links.make(luc, folder.id(), false, null, null, null, null), "file.not-manager");
        assertRefused(() -> links.of(luc, folder.id()), "file.not-manager");
        assertRefused(() -> links.make(luc, secret.id(), false, null, null, null, null), "file.unknown");
        assertRefused(() -> links.make(anne, file.id(), true, null, null, null, null), "file.link.upload");
        assertRefused(() -> links.make(anne, file.id(), false, "court", null, null, null), "file.link.password");
        assertRefused(() -> links.make(anne, file.id(), false, null, Instant.now(), null, null), "file.share.past");
        assertRefused(() -> links.make(anne, file.id(), false, null, null, 0, null), "file.link.downloads");
        assertRefused(() -> new FileLinks.Bound(0, 1), "file.link.bound");
        assertRefused(() -> new FileLinks.Bound(1, 2_000_000_000_000L), "file.link.bound");
        assertRefused(() -> links.end(anne, folder.id(), UUID.randomUUID()), "file.link.gone");
    }

    private String make(String password, Integer downloads) {
        return links.make(anne, folder.id(), false, password, null, downloads, null)
                .path();
    }
}
