package org.entente.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.launcher.engine.Engine;
import org.entente.launcher.engine.Folders;
import org.entente.launcher.engine.RunAs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A LemonLDAP::NG as towns run it, of Debian's packages, configured by us and run as an ordinary process: the identity provider of
 * a member by OpenID Connect and by SAML 2.0. Its people are those of its demonstration: {@code dwho}, {@code rtyler} and
 * {@code msmith}, whose passwords are their names and whose addresses are at {@code badwolf.org}.
 */
public final class LemonLdap implements Engine {

    public static final String CLIENT = "entente";
    public static final String SECRET = "lemonldap-secret-of-entente";
    public static final String DOMAIN = "badwolf.org";

    private static final Path PORTAL = Path.of("/usr/share/lemonldap-ng/portal/htdocs/index.psgi");
    private static final Path TEMPLATES = Path.of("/usr/share/lemonldap-ng/portal/templates");
    private static final Path SERVER = Path.of("/usr/bin/starman");

    private final Path folder;
    private final int port;
    private final Map<String, Object> settings;
    private int workers = 1;
    private @Nullable Process process;

    private LemonLdap(Path folder, int port, Map<String, Object> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /** Whether this machine has the packages that {@code .ci/run} installs. */
    public static boolean installed() {
        return Files.exists(PORTAL) && Files.exists(SERVER);
    }

    /** One that lives as long as this run. */
    public static LemonLdap start(Map<String, Object> settings) throws Exception {
        return start("lemonldap", Scratch.freePort(), settings);
    }

    /** @param name of its folder: there may be several in one run */
    public static LemonLdap start(String name, int port, Map<String, Object> settings) throws Exception {
        LemonLdap lemon = new LemonLdap(Scratch.folder(name), port, new LinkedHashMap<>(settings));
        lemon.prepare();
        return Scratch.untilTheEnd(lemon);
    }

    /** As a town would run it, for who measures it: so many processes answer. */
    public LemonLdap withWorkers(int many) throws Exception {
        workers = many;
        restart(Map.of());
        return this;
    }

    public String url() {
        return "http://localhost:" + port + "/";
    }

    /** The redirect URIs and SAML services it knows are part of what it is started with: it starts anew with these, too. */
    public void restart(Map<String, Object> more) throws Exception {
        settings.putAll(more);
        close();
        prepare();
        Scratch.again(this);
    }

    /** What makes us an OpenID Connect client of it. */
    public static Map<String, Object> client(String redirectUri) {
        return Map.of(
                "oidcRPMetaDataOptions",
                Map.of(
                        CLIENT,
                        Map.of(
                                "oidcRPMetaDataOptionsClientID",
                                CLIENT,
                                "oidcRPMetaDataOptionsClientSecret",
                                SECRET,
                                "oidcRPMetaDataOptionsRedirectUris",
                                redirectUri,
                                "oidcRPMetaDataOptionsPostLogoutRedirectUris",
                                redirectUri + "/logout_response",
                                "oidcRPMetaDataOptionsLogoutBypassConfirm",
                                1,
                                "oidcRPMetaDataOptionsIDTokenSignAlg",
                                "RS256",
                                "oidcRPMetaDataOptionsBypassConsent",
                                1)),
                "oidcRPMetaDataExportedVars",
                Map.of(CLIENT, Map.of("email", "mail", "name", "cn")));
    }

    /** What makes us a SAML service of it, by our metadata. */
    public static Map<String, Object> service(String metadata) {
        return Map.of(
                "samlSPMetaDataXML",
                Map.of(CLIENT, Map.of("samlSPMetaDataXML", metadata)),
                "samlSPMetaDataOptions",
                Map.of(
                        CLIENT,
                        Map.of(
                                "samlSPMetaDataOptionsNameIDFormat",
                                "persistent",
                                "samlSPMetaDataOptionsSignSLOMessage",
                                1)),
                "samlSPMetaDataExportedAttributes",
                Map.of(CLIENT, Map.of("mail", "1;mail;urn:oasis:names:tc:SAML:2.0:attrname-format:basic;mail")));
    }

    private void prepare() throws Exception {
        // What it has cached goes by the number of a configuration, not by what it says.
        Folders.delete(folder.resolve("cache"));
        for (String part : List.of("conf", "cache", "sessions/lock", "psessions/lock")) {
            Files.createDirectories(folder.resolve(part));
        }
        if (!settings.containsKey("oidcServicePrivateKeySig")) {
            settings.putAll(keys());
        }
        Map<String, Object> all = new LinkedHashMap<>(Map.of(
                "cfgNum", 1,
                "cfgVersion", "2.16.1",
                "authentication", "Demo",
                "userDB", "Same",
                "passwordDB", "Demo",
                "registerDB", "Null",
                "portal", url(),
                "domain", "localhost",
                "cookieName", "lemonldap",
                "whatToTrace", "uid"));
        all.put("demoExportedVars", Map.of("cn", "cn", "mail", "mail", "uid", "uid"));
        all.put("globalStorage", "Apache::Session::File");
        all.put("globalStorageOptions", storage("sessions"));
        all.put("persistentStorage", "Apache::Session::File");
        all.put("persistentStorageOptions", storage("psessions"));
        all.put("localSessionStorage", "Cache::FileCache");
        all.put(
                "localSessionStorageOptions",
                Map.of("cache_root", folder.resolve("cache").toString(), "namespace", "sessions", "cache_depth", 3));
        all.put("locationRules", Map.of());
        all.put("exportedHeaders", Map.of());
        // Plugins that would need more packages than signing in does.
        for (String off : List.of(
                "portalDisplayRegister",
                "portalDisplayResetPassword",
                "portalDisplayCertificateResetByMail",
                "notification",
                "requireToken",
                "loginHistoryEnabled")) {
            all.put(off, 0);
        }
        all.put("issuerDBOpenIDConnectActivation", 1);
        all.put("oidcServiceAllowAuthorizationCodeFlow", 1);
        all.put("issuerDBSAMLActivation", 1);
        all.put("samlEntityID", "#PORTAL#/saml/metadata");
        all.putAll(settings);
        all.put("cfgDate", Long.toString(Instant.now().getEpochSecond()));
        Files.writeString(folder.resolve("conf/lmConf-1.json"), new JsonMapper().writeValueAsString(all));
        Files.writeString(folder.resolve("lemonldap-ng.ini"), """
                [all]
                logLevel = info
                logger = Lemonldap::NG::Common::Logger::Std
                checkTime = 1
                [configuration]
                type = File
                dirName = %1$s/conf
                localStorage = Cache::FileCache
                localStorageOptions = {'namespace'=>'conf','cache_root'=>'%1$s/cache','cache_depth'=>3}
                [portal]
                staticPrefix = /static
                templateDir = %2$s
                languages = fr, en
                """.formatted(folder, TEMPLATES));
        RunAs.own(folder);
    }

    private Map<String, Object> storage(String part) {
        return Map.of(
                "Directory", folder.resolve(part).toString(),
                "LockDirectory", folder.resolve(part + "/lock").toString(),
                "generateModule", "Lemonldap::NG::Common::Apache::Session::Generate::SHA256");
    }

    private static Map<String, Object> keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=LemonLDAP of the tests");
        Instant now = Instant.now();
        var certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(365))),
                        name,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
        return Map.of(
                "oidcServicePrivateKeySig", pem(pair.getPrivate()),
                "oidcServicePublicKeySig", pem(pair.getPublic()),
                "oidcServiceKeyIdSig", "one",
                "samlServicePrivateKeySig", pem(pair.getPrivate()),
                "samlServicePublicKeySig", pem(certificate));
    }

    private static String pem(Object of) throws IOException {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(of);
        }
        return out.toString();
    }

    @Override
    public String name() {
        return "lemonldap";
    }

    @Override
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(RunAs.ordinaryUser(List.of(
                SERVER.toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--workers",
                Integer.toString(workers),
                "--preload-app",
                // It ends idle connections after a second, which callers who keep them take for an outage.
                "--disable-keepalive",
                PORTAL.toString())));
        builder.environment()
                .put("LLNG_DEFAULTCONFFILE", folder.resolve("lemonldap-ng.ini").toString());
        builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("lemonldap.log").toFile());
        process = builder.start();
        Awaitility.await("LemonLDAP::NG, see " + folder.resolve("lemonldap.log"))
                .atMost(Duration.ofSeconds(60))
                .until(this::answers);
    }

    private boolean answers() {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(url() + ".well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ProcessHandle process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process.toHandle();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
