package org.entente.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.launcher.engine.KeycloakDistribution;
import org.entente.launcher.engine.KeycloakEngine;
import org.entente.launcher.engine.MailSink;
import org.entente.launcher.engine.PlatformEngine;
import org.entente.launcher.engine.PostgresEngine;
import org.entente.launcher.engine.S3Engine;
import org.entente.launcher.territory.DataFolder;
import org.entente.launcher.territory.Programs;
import org.entente.launcher.territory.Secrets;
import org.entente.launcher.territory.Settings;

/** Turns the settings into what the supervisor has in its charge, each with what it needs to know of the others. */
final class Charges {

    private static final String KEYCLOAK_ADMIN = "entente-bootstrap";
    private static final String BUCKET = "entente";

    private final Settings settings;
    private final DataFolder data;
    private final Secrets secrets;
    private final Clock clock;
    private final Consumer<String> log;

    Charges(Settings settings, DataFolder data, Secrets secrets, Clock clock, Consumer<String> log) {
        this.settings = settings;
        this.data = data;
        this.secrets = secrets;
        this.clock = clock;
        this.log = log;
    }

    Charge postgresql(Path engines) throws IOException {
        Settings.Postgresql.Outside outside = settings.postgresql().outside();
        if (outside != null) {
            return new Outside(
                    "postgresql",
                    outside.url(),
                    () -> {
                        Outside.database(outside.url(), outside.user(), outside.password());
                        if (settings.keycloak().outside() == null) {
                            Outside.database(outside.keycloakUrl(), outside.user(), outside.password());
                        }
                    },
                    clock);
        }
        int port = settings.postgresql().port();
        PostgresEngine engine = new PostgresEngine(
                engines,
                data.postgresql(),
                data.log("postgresql"),
                port,
                secrets.get(Secrets.Name.POSTGRESQL),
                List.of("shared_buffers=256MB", "wal_level=replica"));
        return new Watched(
                engine,
                Integer.toString(port),
                () -> {
                    engine.createDatabase("entente", "platform", secrets.get(Secrets.Name.PLATFORM_DATABASE));
                    engine.createDatabase("keycloak", "keycloak", secrets.get(Secrets.Name.KEYCLOAK_DATABASE));
                },
                clock,
                log);
    }

    Charge keycloak(KeycloakDistribution distribution) {
        Settings.Keycloak.Outside outside = settings.keycloak().outside();
        if (outside != null) {
            return new Outside(
                    "keycloak",
                    outside.url(),
                    () -> Outside.http(outside.url() + "/realms/master", status -> status == 200),
                    clock);
        }
        int port = settings.keycloak().port();
        Settings.Postgresql.Outside database = settings.postgresql().outside();
        KeycloakEngine.Client admin =
                new KeycloakEngine.Client(KEYCLOAK_ADMIN, secrets.get(Secrets.Name.KEYCLOAK_ADMIN));
        String url = settings.keycloak().publicUrl();
        KeycloakEngine.Settings engine = database == null
                ? new KeycloakEngine.Settings(
                        port,
                        url,
                        localDatabase("keycloak"),
                        "keycloak",
                        secrets.get(Secrets.Name.KEYCLOAK_DATABASE),
                        admin)
                : new KeycloakEngine.Settings(
                        port, url, database.keycloakUrl(), database.user(), database.password(), admin);
        return watched(new KeycloakEngine(distribution, data.keycloak(), data.log("keycloak"), engine), port);
    }

    Charge s3(Programs programs) {
        Settings.S3.Outside outside = settings.s3().outside();
        if (outside != null) {
            return new Outside(
                    "s3", outside.url(), () -> Outside.http(outside.url() + "/", status -> status < 500), clock);
        }
        int port = settings.s3().port();
        return watched(
                new S3Engine(
                        programs.s3ClassPath(),
                        data.objects(),
                        data.log("s3"),
                        new S3Engine.Settings(
                                port, secrets.get(Secrets.Name.S3_KEY), secrets.get(Secrets.Name.S3_SECRET), BUCKET)),
                port);
    }

    Charge mail() {
        Settings.Mail.Server server = settings.mail().server();
        if (server != null) {
            return new Outside("mail", server.host() + ":" + server.port(), () -> {}, clock);
        }
        int port = settings.mail().port();
        return watched(new MailSink(data.outbox(), port, clock), port);
    }

    Charge platform(Programs programs) {
        int port = settings.platform().port();
        return watched(
                new PlatformEngine(
                        programs.platform(),
                        data.platform(),
                        data.log("platform"),
                        port,
                        settings.platform().memory(),
                        platformEnvironment(programs)),
                port);
    }

    private Map<String, String> platformEnvironment(Programs programs) {
        Map<String, String> all = new LinkedHashMap<>();
        Settings.Postgresql.Outside database = settings.postgresql().outside();
        all.put("ENTENTE_DB_URL", database == null ? localDatabase("entente") : database.url());
        all.put("ENTENTE_DB_USER", database == null ? "platform" : database.user());
        all.put(
                "ENTENTE_DB_PASSWORD",
                database == null ? secrets.get(Secrets.Name.PLATFORM_DATABASE) : database.password());
        Settings.Keycloak.Outside keycloak = settings.keycloak().outside();
        all.put(
                "ENTENTE_KEYCLOAK_URL",
                keycloak == null ? "http://127.0.0.1:" + settings.keycloak().port() : keycloak.url());
        all.put("ENTENTE_KEYCLOAK_PUBLICURL", settings.keycloak().publicUrl());
        all.put("ENTENTE_KEYCLOAK_ADMINCLIENTID", keycloak == null ? KEYCLOAK_ADMIN : keycloak.adminClientId());
        all.put(
                "ENTENTE_KEYCLOAK_ADMINCLIENTSECRET",
                keycloak == null ? secrets.get(Secrets.Name.KEYCLOAK_ADMIN) : keycloak.adminClientSecret());
        Settings.S3.Outside s3 = settings.s3().outside();
        all.put(
                "ENTENTE_S3_URL",
                s3 == null ? "http://127.0.0.1:" + settings.s3().port() : s3.url());
        all.put("ENTENTE_S3_KEY", s3 == null ? secrets.get(Secrets.Name.S3_KEY) : s3.key());
        all.put("ENTENTE_S3_SECRET", s3 == null ? secrets.get(Secrets.Name.S3_SECRET) : s3.secret());
        all.put("ENTENTE_S3_BUCKET", s3 == null ? BUCKET : s3.bucket());
        Settings.Mail.Server mail = settings.mail().server();
        all.put("ENTENTE_KEYCLOAK_SMTP_HOST", mail == null ? "127.0.0.1" : mail.host());
        all.put(
                "ENTENTE_KEYCLOAK_SMTP_PORT",
                Integer.toString(mail == null ? settings.mail().port() : mail.port()));
        all.put("ENTENTE_KEYCLOAK_SMTP_FROM", settings.mail().from());
        if (mail != null && mail.user() != null && mail.password() != null) {
            all.put("ENTENTE_KEYCLOAK_SMTP_USER", mail.user());
            all.put("ENTENTE_KEYCLOAK_SMTP_PASSWORD", mail.password());
            // Nobody's password goes over the network in the clear.
            all.put("ENTENTE_KEYCLOAK_SMTP_STARTTLS", "true");
        }
        all.put("ENTENTE_PUBLICURL", settings.platform().publicUrl());
        all.put("ENTENTE_TERRITORY_NAME", settings.territory());
        all.put("ENTENTE_KEYCLOAK_DISPLAYNAME", settings.territory());
        all.put("ENTENTE_CONSOLE_TOKEN", secrets.get(Secrets.Name.CONSOLE));
        all.put("ENTENTE_DATA", data.platform().toString());
        all.put("ENTENTE_SECRETS_FOLDER", data.platform().resolve("secrets").toString());
        all.put("ENTENTE_READING_CLASSPATH", programs.readerClassPath());
        // A document that takes the program over finds no key, no database and no file of anybody.
        all.put(
                "ENTENTE_READING_HIDDEN",
                Stream.of(
                                data.platform(),
                                data.secrets(),
                                data.run(),
                                data.outbox(),
                                data.objects(),
                                data.postgresql(),
                                data.keycloak(),
                                data.root().resolve("logs"))
                        .map(Path::toString)
                        .collect(Collectors.joining(",")));
        all.put("ENTENTE_READING_ON", Boolean.toString(settings.platform().textSearch()));
        all.put("ENTENTE_PREVIEWS_ON", Boolean.toString(settings.platform().officePreviews()));
        Settings.Platform.Antivirus antivirus = settings.platform().antivirus();
        if (antivirus != null) {
            all.put("ENTENTE_ANTIVIRUS_ADDRESS", antivirus.address());
            all.put("ENTENTE_ANTIVIRUS_TOOLARGE", antivirus.servesLarge() ? "serve" : "withhold");
            all.put("ENTENTE_ANTIVIRUS_MOST", antivirus.most());
        }
        String catalog = settings.platform().catalog();
        if (catalog != null) {
            all.put("ENTENTE_CATALOG_FOLDER", catalog);
        }
        String reach = settings.platform().reach();
        if (reach != null) {
            all.put("ENTENTE_SOURCES_REACH", reach);
        }
        Settings.OfficeServer office = settings.officeServer();
        if (office != null) {
            all.put("ENTENTE_WOPI_URL", office.url());
            if (office.name() != null) {
                all.put("ENTENTE_WOPI_NAME", office.name());
            }
            if (office.platformUrl() != null) {
                // as Spring reads it: without the dash
                all.put("ENTENTE_WOPI_PLATFORMURL", office.platformUrl());
            }
        }
        Settings.Platform.Ldap ldap = settings.platform().ldap();
        if (ldap != null) {
            all.put("ENTENTE_LDAP_PORT", Integer.toString(ldap.port()));
            all.put("ENTENTE_LDAP_ADDRESS", ldap.address());
            if (ldap.certificate() != null && ldap.key() != null) {
                all.put("ENTENTE_LDAP_SSLBUNDLE", "ldap");
                all.put("SPRING_SSL_BUNDLE_PEM_LDAP_KEYSTORE_CERTIFICATE", "file:" + ldap.certificate());
                all.put("SPRING_SSL_BUNDLE_PEM_LDAP_KEYSTORE_PRIVATEKEY", "file:" + ldap.key());
            }
        }
        all.put("SERVER_PORT", Integer.toString(settings.platform().port()));
        return all;
    }

    private Charge watched(org.entente.launcher.engine.Engine engine, int port) {
        return new Watched(engine, Integer.toString(port), () -> {}, clock, log);
    }

    private String localDatabase(String name) {
        return "jdbc:postgresql://127.0.0.1:" + settings.postgresql().port() + "/" + name;
    }
}
