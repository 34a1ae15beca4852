package org.entente.directory;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** UUIDs of version 7, as PostgreSQL's {@code uuidv7()} makes them: made here when the caller must know them beforehand. */
final class Uuids {

    private Uuids() {}

    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000);
        long low = 0x8000000000000000L | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
