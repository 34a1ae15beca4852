package org.entente.launcher.engine;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/** Engines never run as root: started by root they run as an ordinary user, started by anyone else as that one. */
public final class RunAs {

    private static final List<String> ORDINARY_USERS = List.of("entente", "postgres", "nobody");

    private RunAs() {}

    /** The command as it must be started here. */
    public static List<String> ordinaryUser(List<String> command) {
        if (!root()) {
            return command;
        }
        String user = user();
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + user, "--regid=" + group(user), "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    /** Hands a folder to the user that engines run as. */
    public static void own(Path folder) throws IOException {
        if (!root()) {
            return;
        }
        UserPrincipal owner =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user());
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.setOwner(dir, owner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setOwner(file, owner);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String user() {
        return ORDINARY_USERS.stream()
                .filter(RunAs::exists)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Entente does not run engines as root and found no user to run them as. Make one: useradd --system entente"));
    }

    private static boolean exists(String user) {
        return passwd().stream().anyMatch(line -> line.startsWith(user + ":"));
    }

    private static String group(String user) {
        return passwd().stream()
                .filter(line -> line.startsWith(user + ":"))
                .map(line -> line.split(":", -1)[3])
                .findFirst()
                .orElseThrow();
    }

    private static List<String> passwd() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
