package org.entente.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final List<List<String>> together = new CopyOnWriteArrayList<>();
    private final List<String> alone = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final List<Thread> asking = new ArrayList<>();
    private final Map<String, Object> answers = new ConcurrentHashMap<>();

    /** Shouts what it is given; the first waits until others are there. */
    private class Shouting implements Gathering.Doing<String, String, String, IOException> {

        @Override
        public List<@Nullable String> together(String lane, List<String> works) throws IOException {
            together.add(works.stream().sorted().toList());
            if (works.contains("wrong")) {
                throw new IOException("one is wrong");
            }
            if (works.contains("down")) {
                throw new IllegalStateException("down");
            }
            return works.stream()
                    .map(work -> work.startsWith("odd") ? null : work.toUpperCase())
                    .toList();
        }

        @Override
        public String alone(String lane, String work) throws IOException {
            alone.add(work);
            if (work.equals("first")) {
                try {
                    first.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            if (work.equals("wrong")) {
                throw new IOException("this one");
            }
            return work + "!";
        }

        @Override
        public boolean blamesOne(Exception failure) {
            return failure instanceof IOException;
        }
    }

    private final Gathering<String, String, String, IOException> gathering =
            new Gathering<>(new Shouting(), 3, Duration.ofMillis(5));

    @Test
    void whoIsAloneIsDoneAlone() throws Exception {
        assertThat(gathering.ask("here", "one")).isEqualTo("one!");
        assertThatThrownBy(() -> gathering.ask("here", "wrong")).isInstanceOf(IOException.class);
        assertThat(together).isEmpty();
    }

    @Test
    void thoseThatWaitAreDoneTogetherUpToSoManyAndOnlyThoseOfTheirLane() throws Exception {
        whileTheFirstIsDone("a", "b", "c", "d");
        assertThat(gathering.ask("elsewhere", "e"))
                .as("waits for no other lane")
                .isEqualTo("e!");
        end();

        assertThat(together).containsExactly(List.of("a", "b", "c"));
        assertThat(answers)
                .containsEntry("a", "A")
                .containsEntry("b", "B")
                .containsEntry("c", "C")
                .containsEntry("d", "d!")
                .containsEntry("first", "first!");
    }

    @Test
    void whatCannotBeDoneTogetherIsTriedAlone() throws Exception {
        whileTheFirstIsDone("a", "odd", "b");
        end();

        assertThat(answers).containsEntry("a", "A").containsEntry("odd", "odd!").containsEntry("b", "B");
        assertThat(alone).containsExactly("first", "odd");
    }

    @Test
    void oneThatIsWrongIsRefusedAloneAndTheOthersAreDone() throws Exception {
        whileTheFirstIsDone("a", "wrong", "b");
        end();

        assertThat(answers)
                .containsEntry("a", "a!")
                .containsEntry("wrong", "this one")
                .containsEntry("b", "b!");
    }

    @Test
    void whatIsNobodysFaultIsToldToAllAtOnce() throws Exception {
        whileTheFirstIsDone("a", "down", "b");
        end();

        assertThat(answers)
                .containsEntry("a", "down")
                .containsEntry("down", "down")
                .containsEntry("b", "down");
        assertThat(alone).containsExactly("first");
    }

    private void whileTheFirstIsDone(String... works) {
        asks("first");
        await().until(() -> alone.contains("first"));
        for (String work : works) {
            asks(work);
            await().until(() -> asking.getLast().getState() == Thread.State.WAITING);
        }
    }

    private void end() throws InterruptedException {
        first.countDown();
        for (Thread one : asking) {
            one.join();
        }
    }

    private void asks(String work) {
        asking.add(Thread.ofPlatform().start(() -> {
            try {
                answers.put(work, gathering.ask("here", work));
            } catch (IOException | RuntimeException e) {
                answers.put(work, String.valueOf(e.getMessage()));
            }
        }));
    }
}
