package org.entente.launcher.command;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.entente.launcher.Trouble;

/** A tar of parts of a data folder, by their paths in it. */
final class Archive implements AutoCloseable {

    private final Path root;
    private final TarArchiveOutputStream tar;

    Archive(Path file, Path root) throws IOException {
        this.root = root;
        OutputStream out =
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), 1 << 16);
        this.tar = new TarArchiveOutputStream(out);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** A folder with what is in it, as far as it is wanted; what vanishes meanwhile is left out. */
    void addAll(Path folder, Predicate<Path> wanted) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all = walk(folder);
        all.removeIf(wanted.negate());
        for (Path path : all) {
            if (Files.isDirectory(path)) {
                TarArchiveEntry entry = new TarArchiveEntry(name(path) + "/");
                entry.setMode(0700);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            } else if (Files.isRegularFile(path)) {
                add(path);
            }
        }
    }

    void add(Path file) throws IOException {
        long size;
        try {
            size = Files.size(file);
        } catch (NoSuchFileException gone) {
            return;
        }
        TarArchiveEntry entry = new TarArchiveEntry(name(file));
        entry.setMode(0600);
        entry.setSize(size);
        entry.setModTime(Files.getLastModifiedTime(file));
        tar.putArchiveEntry(entry);
        copyExactly(file, size);
        tar.closeArchiveEntry();
    }

    /** What goes away while it is looked at, as an object that is removed and its folder do, was not wanted. */
    private static List<Path> walk(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                all.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                all.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return all;
    }

    void add(Path file, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name(file));
        entry.setMode(0600);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** A file of a running database may grow or shrink under our eyes; its log repairs that when it is restored. */
    private void copyExactly(Path file, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                tar.write(buffer, 0, read);
                left -= read;
            }
        }
        java.util.Arrays.fill(buffer, (byte) 0);
        while (left > 0) {
            int part = (int) Math.min(buffer.length, left);
            tar.write(buffer, 0, part);
            left -= part;
        }
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }

    @Override
    public void close() throws IOException {
        tar.finish();
        tar.close();
    }

    /** Unpacks one, for its owner alone. */
    static void unpack(Path file, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target) || !(entry.isFile() || entry.isDirectory())) {
                    throw new Trouble(file + " is no backup of Entente: it holds " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.resolveSibling(".").normalize());
                    Files.copy(tar, path);
                }
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(entry.isDirectory() ? "rwx------" : "rw-------"));
            }
        } catch (java.util.zip.ZipException e) {
            throw new Trouble(file + " is no backup of Entente, or was cut short: " + e.getMessage(), e);
        }
    }
}
