package org.entente.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Where descriptors are: those that come with Entente, those written on the screen, and the operator's folder. Of several for the same
 * service the last of these wins.
 */
@Component
class CatalogFiles {

    private static final long MOST_BYTES = 256 * 1024;

    private final @Nullable Path folder;

    private final WrittenStore written;

    CatalogFiles(@Value("${entente.catalog.folder:}") String folder, WrittenStore written) {
        this.folder = folder.isBlank() ? null : Path.of(folder);
        this.written = written;
    }

    /** What was read: good descriptors, problems, and the ids a bad file keeps in force as they last were. */
    record Contents(List<Descriptor> descriptors, List<DescriptorProblem> problems, List<String> badFiles) {}

    Contents read() {
        Map<String, Descriptor> byId = new LinkedHashMap<>();
        List<DescriptorProblem> problems = new ArrayList<>();
        List<String> badFiles = new ArrayList<>();
        for (Map<String, String> place : List.of(shipped(), written.all(), ofTheOperator(problems, badFiles))) {
            Map<String, Descriptor> here = new LinkedHashMap<>();
            place.forEach((file, yaml) -> {
                DescriptorReader.Reading reading = DescriptorReader.read(file, yaml);
                Descriptor descriptor = reading.descriptor();
                if (descriptor == null) {
                    problems.addAll(reading.problems());
                    badFiles.add(file);
                    return;
                }
                String id = descriptor.service().id();
                Descriptor first = here.putIfAbsent(id, descriptor);
                if (first != null) {
                    problems.add(DescriptorProblem.of(file, 1, "id.twice", id, first.file()));
                }
            });
            byId.putAll(here);
        }
        onePerClient(byId, problems, badFiles);
        byId.values()
                .forEach(descriptor -> descriptor.service().needs().stream()
                        .filter(need -> !byId.containsKey(need))
                        .forEach(need ->
                                problems.add(DescriptorProblem.of(descriptor.file(), 1, "needs.unknown", need))));
        problems.addAll(GatewayReader.sameHosts(byId.values()));
        return new Contents(List.copyOf(byId.values()), problems, badFiles);
    }

    /** Two services by which the sign-in would know one application: the later one is not taken. */
    private static void onePerClient(
            Map<String, Descriptor> byId, List<DescriptorProblem> problems, List<String> badFiles) {
        Map<String, String> clients = new LinkedHashMap<>();
        // What whoever runs the machine wrote comes first.
        byId.values().stream()
                .filter(descriptor -> !descriptor.file().contains(":"))
                .forEach(descriptor -> {
                    String client = descriptor.service().signIn().client();
                    if (client != null) {
                        clients.putIfAbsent(client, descriptor.service().id());
                    }
                });
        byId.values().removeIf(descriptor -> {
            String client = descriptor.service().signIn().client();
            String first = client == null
                    ? null
                    : clients.putIfAbsent(client, descriptor.service().id());
            if (first == null || first.equals(descriptor.service().id())) {
                return false;
            }
            problems.add(DescriptorProblem.of(descriptor.file(), 1, "client.twice", String.valueOf(client), first));
            badFiles.add(descriptor.file());
            return true;
        });
    }

    /** The text of a description, by where it was read. */
    Optional<String> text(String source) {
        return Stream.of(shipped(), written.all(), ofTheOperator(new ArrayList<>(), new ArrayList<>()))
                .flatMap(place -> Stream.ofNullable(place.get(source)))
                .findFirst();
    }

    /** Whether it was read in the operator's folder. */
    boolean isOfTheOperator(String source) {
        return !source.contains(":");
    }

    /** Changes whenever a description does: cheap to ask every few seconds. */
    long stamp() {
        return 1_000_003 * written.changes() + stampOfFolder();
    }

    private long stampOfFolder() {
        if (folder == null || !Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(CatalogFiles::isDescriptor)
                    .mapToLong(file -> file.hashCode() * 31L
                            + file.toFile().lastModified() * 17
                            + file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return -1;
        }
    }

    private static Map<String, String> shipped() {
        Map<String, String> files = new TreeMap<>();
        try {
            for (Resource resource :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:catalog/*.yaml")) {
                files.put("entente:" + resource.getFilename(), resource.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private Map<String, String> ofTheOperator(List<DescriptorProblem> problems, List<String> badFiles) {
        Map<String, String> files = new TreeMap<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(CatalogFiles::isDescriptor).sorted().toList()) {
                String name = file.getFileName().toString();
                try {
                    if (Files.size(file) > MOST_BYTES) {
                        problems.add(DescriptorProblem.of(name, 1, "file.large", MOST_BYTES / 1024));
                        badFiles.add(name);
                    } else {
                        files.put(name, Files.readString(file));
                    }
                } catch (CharacterCodingException e) {
                    problems.add(DescriptorProblem.of(name, 1, "file.encoding"));
                    badFiles.add(name);
                } catch (IOException e) {
                    problems.add(DescriptorProblem.of(name, 1, "file.unreadable"));
                    badFiles.add(name);
                }
            }
        } catch (IOException e) {
            problems.add(DescriptorProblem.of(folder.toString(), 1, "file.unreadable"));
        }
        return files;
    }

    private static boolean isDescriptor(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
