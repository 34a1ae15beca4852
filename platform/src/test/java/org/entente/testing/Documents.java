package org.entente.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Real documents, sound and broken ones, by the names that Apache Tika's own tests give them; the build puts them aside. */
public final class Documents {

    private static final String IN_JAR = "test-documents/";

    private Documents() {}

    /** All of them, at most this large: the jars hold few that are larger. */
    public static Map<String, byte[]> all(int most) {
        Map<String, byte[]> all = new TreeMap<>();
        for (Path jar : jars()) {
            try (JarFile open = new JarFile(jar.toFile())) {
                for (JarEntry entry : open.stream().toList()) {
                    if (!entry.isDirectory() && entry.getName().startsWith(IN_JAR) && entry.getSize() <= most) {
                        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                        all.put(name, open.getInputStream(entry).readAllBytes());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    public static byte[] one(String name) {
        for (Path jar : jars()) {
            try (JarFile open = new JarFile(jar.toFile())) {
                JarEntry entry = open.getJarEntry(IN_JAR + name);
                if (entry != null) {
                    return open.getInputStream(entry).readAllBytes();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalArgumentException("no document " + name);
    }

    private static List<Path> jars() {
        try (Stream<Path> files = Files.list(Path.of("target/documents").toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("mvn process-test-resources puts the documents there", e);
        }
    }
}
