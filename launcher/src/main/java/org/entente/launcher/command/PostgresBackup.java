package org.entente.launcher.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Copies a cluster while it runs, with PostgreSQL's own low-level backup: files may be caught half written, and the write-ahead log, copied
 * last, makes them whole at the restored server's first start.
 */
final class PostgresBackup {

    private static final Set<String> LEFT_OUT = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "pg_replslot",
            "pg_stat_tmp",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_subtrans");
    private static final Set<String> EMPTY_FOLDERS =
            Set.of("pg_replslot", "pg_stat_tmp", "pg_notify", "pg_serial", "pg_snapshots", "pg_subtrans");

    private PostgresBackup() {}

    /** @param port of the running server, 0 when it does not run */
    static void write(Archive archive, Path cluster, int port, String password) throws IOException, SQLException {
        if (port == 0) {
            archive.addAll(cluster, path -> true);
            return;
        }
        Path log = cluster.resolve("pg_wal");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "entente", password);
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            // Kept until the end of the session: the server must not recycle the log we have not copied yet.
            statement.execute("SELECT pg_create_physical_replication_slot('entente_backup', true, true)");
            statement.execute("SELECT pg_backup_start('entente', true)");
            archive.addAll(cluster, path -> !path.startsWith(log) && wanted(cluster, path));
            try (ResultSet end = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                end.next();
                archive.add(cluster.resolve("backup_label"), end.getString(1).getBytes(StandardCharsets.UTF_8));
            }
            archive.addAll(log, path -> true);
        }
    }

    private static boolean wanted(Path cluster, Path path) {
        Path inside = cluster.relativize(path);
        String first = inside.getName(0).toString();
        return !LEFT_OUT.contains(first) || (EMPTY_FOLDERS.contains(first) && inside.getNameCount() == 1);
    }
}
