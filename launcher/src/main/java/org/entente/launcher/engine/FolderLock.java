package org.entente.launcher.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time in a folder that several processes share: two builds must not unpack one engine together. */
public final class FolderLock implements AutoCloseable {

    private static final ReentrantLock HERE = new ReentrantLock();

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** Waits until nobody else works in the folder. */
    public static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        HERE.lock();
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new FolderLock(channel, channel.lock());
        } catch (IOException | RuntimeException e) {
            HERE.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
            channel.close();
        } finally {
            HERE.unlock();
        }
    }
}
