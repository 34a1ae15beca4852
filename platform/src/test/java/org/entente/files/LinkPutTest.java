package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

/** What strangers put by a link: how much, and under whose name. */
class LinkPutTest extends LinksTown {

    @Autowired
    FileViews views;

    @Autowired
    FileHistory history;

    @Test
    void aLinkToPutFilesShowsNothingAndReplacesNothing() throws Exception {
        String link =
                links.make(anne, folder.id(), true, null, null, null, null).path();

        mvc.perform(get(link)).andExpect(status().isOk()).andExpect(content().string(not(containsString("façade"))));
        mvc.perform(get(link + "/file/" + file.id())).andExpect(status().isNotFound());
        for (int i = 0; i < 2; i++) {
            mvc.perform(multipart(link + "/files")
                            .file(new MockMultipartFile(
                                    "file", "C:\\photos\\plan.png", "image/png", new byte[] {1, 2, 3}))
                            .file(new MockMultipartFile("file", "note.txt", "text/plain", new byte[] {4})))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("2 fichiers reçus")));
        }

        assertThat(town.names(anne, folder.id()))
                .containsExactlyInAnyOrder(
                        "façade & \"toit\".txt", "note.txt", "note (2).txt", "plan.png", "plan (2).png");
        mvc.perform(multipart(link + "/files").file(new MockMultipartFile("file", "..", "text/plain", new byte[1])))
                .andExpect(status().isUnprocessableEntity());
    }

    @Test
    void whatAStrangerPutIsNotToldAsTheWorkOfWhoeverMadeTheLink() throws Exception {
        String link =
                links.make(anne, folder.id(), true, null, null, null, null).path();
        mvc.perform(sent(link, "note.txt", 3)).andExpect(status().isOk());
        FileNode note = files.find(anne, folder.id(), List.of("note.txt")).orElseThrow();
        assertThat(views.of(anne, List.of(note, file)))
                .extracting(one -> one.changedBy().byLink())
                .containsExactly(true, false);

        town.write(anne, folder.id(), "note.txt", "corrigé");
        assertThat(views.of(anne, files.node(anne, note.id())).changedBy().byLink())
                .isFalse();
        assertThat(history.versions(anne, note.id()))
                .extracting(FileHistory.Version::byLink)
                .containsExactly(true);
    }

    @Test
    void aLinkTakesSoManyFilesAndBytesAndNoMore() throws Exception {
        String few = links.make(anne, folder.id(), true, null, null, null, new FileLinks.Bound(3, 1_000_000_000))
                .path();
        mvc.perform(get(few)).andExpect(content().string(containsString("encore recevoir 3 fichiers, 1\u00a0Go")));
        mvc.perform(sent(few, "a", 1, "b", 1)).andExpect(status().isOk());
        mvc.perform(sent(few, "..", 1))
                .andExpect(status().isUnprocessableEntity())
                .andExpect(content().string(containsString("encore recevoir 1 fichier,")));
        mvc.perform(sent(few, "c", 1, "d", 1))
                .andExpect(status().is(413))
                .andExpect(content().string(containsString("1 fichier reçu")))
                .andExpect(content().string(containsString("tout ce qu’il pouvait")))
                .andExpect(content().string(not(containsString("<form"))));
        mvc.perform(sent(few, "e", 1)).andExpect(status().is(413));

        String small = links.make(anne, folder.id(), true, null, null, null, new FileLinks.Bound(100, 70_000_000))
                .path();
        mvc.perform(sent(small, "f", 900_000)).andExpect(status().isOk());
        mvc.perform(sent(small, "g", 800_000))
                .andExpect(
                        status().is(413)); // a form of untold length counts as the largest, and does not fit any more
        assertThat(town.names(anne, folder.id())).contains("a", "b", "c", "f").doesNotContain("d", "e", "g");
        assertThat(links.of(anne, folder.id()))
                .extracting(FileLinks.Link::filesPut)
                .containsExactlyInAnyOrder(3, 1);
    }

    private MockMultipartHttpServletRequestBuilder sent(String link, Object... namesAndSizes) {
        MockMultipartHttpServletRequestBuilder form = multipart(link + "/files");
        for (int i = 0; i < namesAndSizes.length; i += 2) {
            form.file(new MockMultipartFile(
                    "file", (String) namesAndSizes[i], "text/plain", new byte[(int) namesAndSizes[i + 1]]));
        }
        return form;
    }
}
