package org.entente.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.entente.launcher.engine.RunAs;

/**
 * An OpenLDAP server of a town (Debian's slapd), with a configuration, a port and a folder of its own, as an ordinary user: the service of the package is
 * neither used nor disturbed.
 */
public final class TestSlapd implements AutoCloseable {

    public static final String SUFFIX = "dc=ville,dc=example";
    public static final String ADMIN = "cn=admin," + SUFFIX;
    public static final String READER = "cn=entente,ou=services," + SUFFIX;
    /** May read, but no more than the 500 entries that OpenLDAP lets anybody read. */
    public static final String LIMITED = "cn=restreint,ou=services," + SUFFIX;

    public static final String PASSWORD = "mot de passe";

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/slapd"), Path.of("/usr/lib/openldap/slapd"));

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private Process process;

    private TestSlapd(Path folder) throws IOException {
        this.folder = folder;
        this.port = Scratch.freePort();
        this.tlsPort = Scratch.freePort();
    }

    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable) && Files.isDirectory(Path.of("/etc/ldap/schema"));
    }

    /** Started with these entries (LDIF) below its suffix. */
    public static TestSlapd with(String people, TestCertificates.Server certificate) throws Exception {
        Path folder = Scratch.folder("slapd-" + UUID.randomUUID());
        TestSlapd slapd = new TestSlapd(folder);
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("server.pem"), certificate.certificatePem());
        Files.writeString(folder.resolve("server.key"), certificate.keyPem());
        Files.writeString(folder.resolve("slapd.conf"), configuration(folder));
        Files.writeString(folder.resolve("people.ldif"), frame() + people);
        RunAs.own(folder);
        slapd.run("-T", "add", "-q", "-f", folder + "/slapd.conf", "-l", folder + "/people.ldif");
        slapd.start();
        return slapd;
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** As by a power cut. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "-d",
                "0",
                "-f",
                folder + "/slapd.conf",
                "-h",
                "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + tlsPort));
        process = new ProcessBuilder(RunAs.ordinaryUser(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        Path pids = Files.createDirectories(Scratch.folder("pids"));
        Files.writeString(pids.resolve(Long.toString(process.pid())), "slapd");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers(port) && answers(tlsPort));
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers(int at) {
        if (!process.isAlive()) {
            throw new IllegalStateException("slapd does not start: see " + folder.resolve("slapd.log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", at), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("tool.log");
        int code = new ProcessBuilder(RunAs.ordinaryUser(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    private static String executable() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static String configuration(Path folder) {
        return """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/nis.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                TLSCertificateFile %1$s/server.pem
                TLSCertificateKeyFile %1$s/server.key
                database mdb
                suffix "%2$s"
                rootdn "%3$s"
                rootpw "%4$s"
                directory %1$s/data
                maxsize 104857600
                limits dn.exact="%5$s" size=unlimited size.prtotal=unlimited
                access to attrs=userPassword by anonymous auth by * none
                access to * by users read by * none
                """.formatted(folder, SUFFIX, ADMIN, PASSWORD, READER);
    }

    private static String frame() {
        StringBuilder ldif = new StringBuilder("""
                dn: %1$s
                objectClass: domain
                dc: ville

                dn: ou=services,%1$s
                objectClass: organizationalUnit
                ou: services

                dn: ou=personnes,%1$s
                objectClass: organizationalUnit
                ou: personnes

                """.formatted(SUFFIX));
        for (String reader : List.of(READER, LIMITED)) {
            ldif.append("dn: ")
                    .append(reader)
                    .append("\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: ")
                    .append(reader, 3, reader.indexOf(','))
                    .append("\nuserPassword: ")
                    .append(PASSWORD)
                    .append("\n\n");
        }
        return ldif.toString();
    }
}
