package org.entente.reading;

import org.entente.testing.TestReader;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;

/** Reads all that waits when a test says so, with the real program. */
@TestComponent
@Import(TestReader.class)
public class ReadNow {

    private final ReadingRound round;
    private final ReaderProcess reader;

    ReadNow(ReadingRound round, ReaderProcess reader) {
        this.round = round;
        this.reader = reader;
    }

    public void all() {
        round.round();
    }

    public void sweep() {
        round.sweep();
    }

    /** Kills the program, wherever it is. */
    public void kill() {
        ProcessHandle running = reader.handle();
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    public boolean runs() {
        ProcessHandle running = reader.handle();
        return running != null && running.isAlive();
    }
}
