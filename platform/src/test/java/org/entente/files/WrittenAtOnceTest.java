package org.entente.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.entente.base.Refusal;
import org.junit.jupiter.api.Test;

/** What is written by several at the same moment. */
class WrittenAtOnceTest extends HomeOfAnne {

    @Test
    void ofTwoWhoReplaceTheSameContentTheSecondIsRefused() throws IOException {
        FileNode seen = town.write(anne, home, "a.txt", "un");
        Writing mine = new Writing(null, null, null, Writing.OnlyIf.etag(seen.etag()));

        List<String> answers = together(2, n -> () -> {
            try {
                files.write(anne, home, "a.txt", FilesTown.bytes("écrit par " + n), mine);
                return "written";
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).containsExactlyInAnyOrder("written", "file.changed");
    }

    @Test
    void ofManyWhoMakeTheSameFolderOneMakesIt() throws IOException {
        List<String> answers = together(8, n -> () -> {
            try {
                return files.makeFolder(anne, home, "Commun").name();
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).containsOnly("Commun", "file.exists");
        assertThat(answers).filteredOn("Commun"::equals).hasSize(1);
    }

    @Test
    void aQuotaIsExactHoweverManyWriteAtOnce() throws IOException {
        quota(100);

        List<String> answers = together(16, n -> () -> {
            try {
                files.write(anne, home, n + ".txt", FilesTown.bytes(("" + (char) ('a' + n)).repeat(30)), Writing.PLAIN);
                return "written";
            } catch (Refusal refusal) {
                return refusal.code();
            }
        });

        assertThat(answers).filteredOn("written"::equals).hasSize(3);
        assertThat(answers).containsOnly("written", "file.quota");
        assertThat(town.space(anne, FileSpace.Kind.MINE).used()).isEqualTo(90);
    }

    private void quota(long bytes) {
        jdbc.sql("UPDATE files.space SET quota = ? WHERE capacity = ?")
                .params(bytes, anne.capacity().value())
                .update();
    }

    private static <T> List<T> together(int many, java.util.function.IntFunction<Callable<T>> each) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(IntStream.range(0, many).mapToObj(each).toList()).stream()
                    .map(WrittenAtOnceTest::answer)
                    .toList();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
