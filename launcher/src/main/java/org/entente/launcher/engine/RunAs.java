package org.entente.launcher.engine;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.entente.launcher.Trouble;
import org.jspecify.annotations.Nullable;

/** Engines never run as root: started by root they run as an ordinary user, started by anyone else as that one. */
public final class RunAs {

    private static final List<String> ORDINARY_USERS = List.of("entente", "postgres", "nobody");

    private static volatile @Nullable String chosen;

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
                give(dir, owner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                give(file, owner);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void give(Path path, UserPrincipal owner) throws IOException {
        if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
            Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(owner);
        }
    }

    /** Whether the user that engines run as can read this file, or enter and read this folder. */
    public static boolean canRead(Path path) throws IOException, InterruptedException {
        String test = Files.isDirectory(path) ? "test -r \"$0\" -a -x \"$0\"" : "test -r \"$0\"";
        return new ProcessBuilder(ordinaryUser(List.of("/bin/sh", "-c", test, path.toString())))
                        .directory(Path.of("/").toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    /** Names the user that engines run as, when we are root and the usual choice is not wanted. */
    public static void choose(String user) {
        if (!exists(user)) {
            throw new Trouble("There is no user \"" + user + "\" on this machine. Make it (useradd --system " + user
                    + ") or name another in entente.yaml.");
        }
        chosen = user;
    }

    public static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The user that engines run as. */
    public static String user() {
        if (!root()) {
            return System.getProperty("user.name");
        }
        String named = chosen;
        return named != null
                ? named
                : ORDINARY_USERS.stream()
                        .filter(RunAs::exists)
                        .findFirst()
                        .orElseThrow(
                                () -> new Trouble(
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
