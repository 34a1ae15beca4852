package org.entente.dav;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.entente.testing.Scratch;

/** Servers of WebDAV that are not ours, from Debian, on folders of this machine: none asks who it is, and none enciphers. */
final class DavPeers implements AutoCloseable {

    /** Whoever serves people's files asks who they are: as ours does, at each request. */
    static final String NAME = "bench";

    static final String PASSWORD = "bench-of-servers";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    DavPeers(Path folder) {
        this.folder = folder;
    }

    /** Apache's mod_dav; the package {@code apache2-bin}. */
    String apache() throws IOException, InterruptedException {
        return httpd("apache", "event", """
                LoadModule dav_module /usr/lib/apache2/modules/mod_dav.so
                LoadModule dav_fs_module /usr/lib/apache2/modules/mod_dav_fs.so
                DAVLockDB %1$s/locks
                <Directory %1$s/files>
                  Dav On
                  Require valid-user
                </Directory>
                """);
    }

    /** SabreDAV, the library of most servers of WebDAV in PHP, in Apache; {@code php-sabre-dav}, {@code libapache2-mod-php8.2}, {@code php8.2-xml}. */
    String sabre() throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("sabre"));
        Files.createDirectories(root.resolve("kept"));
        Files.writeString(root.resolve("server.php"), """
                <?php
                error_reporting(0);
                require '/usr/share/php/Sabre/autoload.php';
                $server = new Sabre\\DAV\\Server(new Sabre\\DAV\\FS\\Directory('%1$s/kept'));
                $server->setBaseUri('/');
                $server->exec();
                """.formatted(root));
        return httpd("sabre", "prefork", """
                LoadModule php_module /usr/lib/apache2/modules/libphp8.2.so
                LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
                RewriteEngine On
                RewriteRule ^ %1$s/server.php [L]
                <Directory %1$s>
                  SetHandler application/x-httpd-php
                  Require valid-user
                </Directory>
                """);
    }

    /** {@code rclone serve webdav}. */
    String rclone() throws IOException {
        int at = Scratch.freePort();
        Path root = Files.createDirectories(folder.resolve("rclone"));
        start(
                at,
                "/usr/bin/rclone",
                "serve",
                "webdav",
                root.toString(),
                "--addr",
                "127.0.0.1:" + at,
                "--user",
                NAME,
                "--pass",
                PASSWORD);
        return "http://127.0.0.1:" + at;
    }

    private String httpd(String name, String workers, String rest) throws IOException, InterruptedException {
        int at = Scratch.freePort();
        Path root = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(root.resolve("files"));
        Path config = root.resolve("httpd.conf");
        Files.writeString(config, ("""
                ServerRoot %1$s
                ServerName localhost
                PidFile %1$s/pid
                Listen 127.0.0.1:%2$d
                ErrorLog %1$s/error.log
                User www-data
                Group www-data
                LimitRequestBody 0
                LoadModule mpm_%3$s_module /usr/lib/apache2/modules/mod_mpm_%3$s.so
                LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
                LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
                LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
                LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
                LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so
                <Location />
                  AuthType Basic
                  AuthName files
                  AuthUserFile %1$s/passwords
                </Location>
                DocumentRoot %1$s/files
                """ + rest).formatted(root, at, workers));
        DavTown.run(
                folder,
                "",
                "/bin/sh",
                "-c",
                "echo " + NAME + ":$(openssl passwd -apr1 " + PASSWORD + ") > " + root
                        + "/passwords"); // as htpasswd hashes
        DavTown.run(folder, "", "/bin/sh", "-c", "chmod a+rx " + folder + "; chown -R www-data " + root);
        start(at, "/usr/sbin/apache2", "-f", config.toString(), "-DFOREGROUND");
        return "http://127.0.0.1:" + at;
    }

    private void start(int at, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server-" + at + ".log").toFile())
                .start();
        processes.add(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Socket socket = new Socket("127.0.0.1", at)) {
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
