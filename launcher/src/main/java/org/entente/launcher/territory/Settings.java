package org.entente.launcher.territory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.launcher.Trouble;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What {@code entente.yaml} says, every setting with its default.
 *
 * @param data where the territory lives; null when the engineer leaves the choice to us
 * @param user whom everything runs as when root starts it; null for the first of the usual ones
 */
public record Settings(
        @Nullable String data,
        @Nullable String user,
        String territory,
        Platform platform,
        Postgresql postgresql,
        Keycloak keycloak,
        S3 s3,
        Mail mail,
        @Nullable OfficeServer officeServer) {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * @param reach networks and hosts of members, not public, that the platform may connect to
     * @param textSearch whether files are found by what they say
     * @param antivirus where ClamAV's daemon listens; null without one
     * @param officePreviews whether office documents are shown, where LibreOffice is installed
     * @param ldap where applications that know nothing but LDAP read; null when that door is closed
     */
    public record Platform(
            int port,
            String publicUrl,
            String memory,
            @Nullable String catalog,
            @Nullable String reach,
            boolean textSearch,
            @Nullable Antivirus antivirus,
            boolean officePreviews,
            @Nullable Ldap ldap) {

        /**
         * @param address of clamd: the path of its socket, or host and port
         * @param servesLarge whether files that it does not take are served
         * @param most bytes that it takes
         */
        public record Antivirus(String address, boolean servesLarge, String most) {}

        /** @param certificate PEM files of certificate and key, for TLS; both or none */
        public record Ldap(
                int port,
                String address,
                @Nullable String certificate,
                @Nullable String key) {}
    }

    /** @param outside a server that is not ours to start; null for our own */
    public record Postgresql(int port, @Nullable Outside outside) {
        public record Outside(String url, String keycloakUrl, String user, String password) {}
    }

    public record Keycloak(
            int port, String publicUrl, @Nullable Outside outside) {
        public record Outside(String url, String adminClientId, String adminClientSecret) {}
    }

    public record S3(int port, @Nullable Outside outside) {
        public record Outside(String url, String key, String secret, String bucket) {}
    }

    /** @param server null when mail is only kept on this machine, to be read there */
    public record Mail(int port, String from, @Nullable Server server) {
        public record Server(
                String host,
                int port,
                @Nullable String user,
                @Nullable String password) {}
    }

    /**
     * An office server that speaks WOPI.
     *
     * @param name how people call it; null for a plain word
     * @param platformUrl how it reaches the platform; null: by its public address
     */
    public record OfficeServer(
            String url, @Nullable String name, @Nullable String platformUrl) {}

    public static Settings read(Path file) {
        try {
            return parse(Files.exists(file) ? Files.readString(file) : "", System.getenv());
        } catch (IOException e) {
            throw new Trouble("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static Settings parse(String yaml, Map<String, String> environment) {
        Section all = new Section("", values(yaml), environment);
        Settings settings = new Settings(
                all.text("data"),
                all.text("user"),
                territory(all.section("territory")),
                platform(all.section("platform")),
                postgresql(all.section("postgresql")),
                keycloak(all.section("keycloak")),
                s3(all.section("s3")),
                mail(all.section("mail")),
                officeServer(all.section("office-server")));
        all.refuseUnknown();
        settings.refuseOnePortTwice();
        return settings;
    }

    private static Map<?, ?> values(String yaml) {
        try {
            Object values = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            if (values == null) {
                return Map.of();
            }
            if (values instanceof Map<?, ?> map) {
                return map;
            }
            throw new Trouble("entente.yaml holds settings as \"name: value\", one a line.");
        } catch (YAMLException e) {
            throw new Trouble("entente.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    private static String territory(Section section) {
        String name = section.text("name", "Entente");
        section.refuseUnknown();
        return name;
    }

    private static Platform platform(Section section) {
        int port = section.port("port", 8400);
        String memory = section.text("memory", "512m");
        if (!memory.matches("\\d+[mMgG]")) {
            throw new Trouble("entente.yaml: platform.memory is a size such as 512m or 2g, not \"" + memory + "\".");
        }
        Platform platform = new Platform(
                port,
                publicUrl(section, port),
                memory,
                section.text("catalog"),
                section.text("reach"),
                isOn(section, "text-search"),
                antivirus(section),
                isOn(section, "office-previews"),
                ldap(section));
        section.refuseUnknown();
        return platform;
    }

    private static boolean isOn(Section section, String name) {
        String said = section.text(name, "on");
        return switch (said) {
            case "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> throw new Trouble("entente.yaml: platform." + name + " is on or off, not \"" + said + "\".");
        };
    }

    private static Platform.@Nullable Antivirus antivirus(Section section) {
        String address = section.text("antivirus");
        String large = section.text("antivirus-too-large", "serve");
        String most = section.text("antivirus-most", "100MB");
        if (!large.equals("serve") && !large.equals("withhold")) {
            throw new Trouble(
                    "entente.yaml: platform.antivirus-too-large is serve or withhold, not \"" + large + "\".");
        }
        if (!most.matches("\\d+[KMG]B")) {
            throw new Trouble("entente.yaml: platform.antivirus-most is a size such as 100MB, not \"" + most + "\".");
        }
        if (address == null || address.equals("off")) {
            return null;
        }
        if (!address.startsWith("/") && !address.matches("[A-Za-z0-9.\\[\\]:-]+:\\d{1,5}")) {
            throw new Trouble("entente.yaml: platform.antivirus is the path of clamd's socket, or host:port, not \""
                    + address + "\".");
        }
        return new Platform.Antivirus(address, large.equals("serve"), most);
    }

    private static Platform.@Nullable Ldap ldap(Section section) {
        boolean open = section.text("ldap-port") != null;
        String address = section.text("ldap-address", "127.0.0.1");
        String certificate = section.text("ldap-certificate");
        String key = section.text("ldap-key");
        if ((certificate == null) != (key == null)) {
            throw new Trouble("entente.yaml: platform.ldap-certificate and platform.ldap-key are given together.");
        }
        if (certificate == null && !HERE.contains(address)) {
            throw new Trouble(
                    "entente.yaml: platform.ldap-address \"" + address
                            + "\" is not this machine alone: give platform.ldap-certificate and platform.ldap-key, so that passwords do not go in clear.");
        }
        return open ? new Platform.Ldap(section.port("ldap-port", 8405), address, certificate, key) : null;
    }

    private static Postgresql postgresql(Section section) {
        int port = section.port("port", 8402);
        String url = section.text("url");
        Postgresql.Outside outside = null;
        if (url != null) {
            if (!url.matches("jdbc:postgresql://[^/]+/[^/?]+(\\?.*)?")) {
                throw new Trouble(
                        "entente.yaml: postgresql.url is of the form jdbc:postgresql://host:5432/entente, not \"" + url
                                + "\".");
            }
            String because = "postgresql.url names an outside server";
            outside = new Postgresql.Outside(
                    url,
                    section.text("keycloak-url", url.replaceFirst("/[^/?]+(\\?.*)?$", "/keycloak$1")),
                    section.needed("user", because),
                    section.needed("password", because));
        }
        for (String only : List.of("keycloak-url", "user", "password")) {
            section.text(only);
        }
        section.refuseUnknown();
        return new Postgresql(port, outside);
    }

    private static Keycloak keycloak(Section section) {
        int port = section.port("port", 8401);
        String url = section.text("url");
        String because = "keycloak.url names an outside server";
        Keycloak.Outside outside = url == null
                ? null
                : new Keycloak.Outside(
                        url,
                        section.needed("admin-client-id", because),
                        section.needed("admin-client-secret", because));
        String publicUrl = url == null ? publicUrl(section, port) : section.text("public-url", url);
        section.text("admin-client-id");
        section.text("admin-client-secret");
        section.refuseUnknown();
        return new Keycloak(port, publicUrl, outside);
    }

    private static S3 s3(Section section) {
        int port = section.port("port", 8403);
        String url = section.text("url");
        String because = "s3.url names an outside server";
        S3.Outside outside = url == null
                ? null
                : new S3.Outside(
                        url,
                        section.needed("key", because),
                        section.needed("secret", because),
                        section.needed("bucket", because));
        for (String only : List.of("key", "secret", "bucket")) {
            section.text(only);
        }
        section.refuseUnknown();
        return new S3(port, outside);
    }

    private static Mail mail(Section section) {
        int port = section.port("port", 8404);
        String host = section.text("smtp-host");
        Mail.Server server = host == null
                ? null
                : new Mail.Server(
                        host, section.port("smtp-port", 25), section.text("smtp-user"), section.text("smtp-password"));
        for (String only : List.of("smtp-port", "smtp-user", "smtp-password")) {
            section.text(only);
        }
        Mail mail = new Mail(port, section.text("from", "entente@localhost"), server);
        section.refuseUnknown();
        return mail;
    }

    private static @Nullable OfficeServer officeServer(Section section) {
        String url = section.text("url");
        String platformUrl = section.text("platform-url");
        String name = section.text("name");
        section.refuseUnknown();
        if (url == null) {
            return null;
        }
        for (String one : platformUrl == null ? List.of(url) : List.of(url, platformUrl)) {
            if (!one.matches("https?://[^/\\s?#@]+(/[^\\s?#]*)?")) {
                throw new Trouble(
                        "entente.yaml: office-server has an address that is not of the form https://office.example.fr: "
                                + one);
            }
        }
        return new OfficeServer(url, name, platformUrl);
    }

    private static String publicUrl(Section section, int port) {
        String url = section.text("public-url", "http://localhost:" + port).replaceFirst("/+$", "");
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new Trouble("entente.yaml: public-url is no address: " + url, e);
        }
        String host = parsed.getHost();
        boolean secure = "https".equals(parsed.getScheme());
        if (host == null || (!secure && !("http".equals(parsed.getScheme()) && HERE.contains(host)))) {
            throw new Trouble(
                    "entente.yaml: public-url must begin with https:// unless it is on localhost, because browsers send"
                            + " sign-in cookies over nothing else; it says " + url + ".");
        }
        return url;
    }

    private void refuseOnePortTwice() {
        Set<Integer> seen = new LinkedHashSet<>();
        List<Integer> ports =
                new ArrayList<>(List.of(platform.port(), keycloak.port(), postgresql.port(), s3.port(), mail.port()));
        Platform.Ldap ldap = platform.ldap();
        if (ldap != null) {
            ports.add(ldap.port());
        }
        for (int port : ports) {
            if (!seen.add(port)) {
                throw new Trouble("entente.yaml gives port " + port + " to two engines; each needs its own.");
            }
        }
    }
}
