package org.entente.launcher.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.launcher.territory.Settings;

/** The ports that a territory needs, and who has taken one. */
final class Ports {

    private Ports() {}

    /** By the name of the setting: those of outside servers are not needed. */
    static Map<String, Integer> needed(Settings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("platform.port", settings.platform().port());
        if (settings.keycloak().outside() == null) {
            ports.put("keycloak.port", settings.keycloak().port());
        }
        if (settings.postgresql().outside() == null) {
            ports.put("postgresql.port", settings.postgresql().port());
        }
        if (settings.s3().outside() == null) {
            ports.put("s3.port", settings.s3().port());
        }
        if (settings.mail().server() == null) {
            ports.put("mail.port", settings.mail().port());
        }
        return ports;
    }

    static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Says it as well as this user may know: the programs of others are seen by root only. */
    static String takenBy(int port) {
        Set<String> sockets = new HashSet<>();
        String hex = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(column -> column.length > 9 && column[1].endsWith(hex) && column[3].equals("0A"))
                        .forEach(column -> sockets.add("socket:[" + column[9] + "]"));
            } catch (IOException none) {
                // A system without this table: the answer stays unknown.
            }
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> process.info().command().orElse("a program") + " (process " + process.pid() + ")")
                .orElse("a program of another user (as root, doctor says which)");
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException | java.io.UncheckedIOException notOurs) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
