package org.entente.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What makes a {@link LemonLdap} an application of ours instead of a provider: it signs its people in here. */
public final class LemonApplication {

    public static final String CLIENT = "lemonldap";
    public static final String SECRET = "lemonldap-as-application-of-entente";

    private static final String US = "entente";

    /** What its people can read of their own session by its REST service. */
    private static final List<String> KEPT = List.of("uid", "mail", "siret", "belonging_population", "roles");

    private LemonApplication() {}

    /** @param url of the protocol here */
    public static Map<String, Object> cas(String url) {
        return with(
                "CAS",
                Map.of(
                        "casSrvMetaDataOptions",
                        Map.of(US, Map.of("casSrvMetaDataOptionsUrl", url)),
                        "casSrvMetaDataExportedVars",
                        Map.of(US, each(""))));
    }

    /**
     * @param discovery what our discovery document says
     * @param keys ours, as a JSON Web Key Set
     */
    public static Map<String, Object> oidc(String discovery, String keys) {
        Map<String, String> claims = each("");
        claims.put("mail", "email");
        return with(
                "OpenIDConnect",
                Map.of(
                        "oidcOPMetaDataJSON",
                        Map.of(US, discovery),
                        "oidcOPMetaDataJWKS",
                        Map.of(US, keys),
                        "oidcOPMetaDataOptions",
                        Map.of(
                                US,
                                Map.of(
                                        "oidcOPMetaDataOptionsClientID",
                                        CLIENT,
                                        "oidcOPMetaDataOptionsClientSecret",
                                        SECRET,
                                        "oidcOPMetaDataOptionsScope",
                                        "openid uid email siret belonging_population roles",
                                        "oidcOPMetaDataOptionsCheckJWTSignature",
                                        1,
                                        "oidcOPMetaDataOptionsUseNonce",
                                        1,
                                        "oidcOPMetaDataOptionsStoreIDToken",
                                        1,
                                        "oidcOPMetaDataOptionsIDTokenMaxAge",
                                        30,
                                        "oidcOPMetaDataOptionsTokenEndpointAuthMethod",
                                        "client_secret_basic")),
                        "oidcOPMetaDataExportedVars",
                        Map.of(US, claims)));
    }

    /** @param metadata ours */
    public static Map<String, Object> saml(String metadata) {
        return with(
                "SAML",
                Map.of(
                        "samlIDPMetaDataXML",
                        Map.of(US, Map.of("samlIDPMetaDataXML", metadata)),
                        "samlIDPMetaDataOptions",
                        Map.of(
                                US,
                                Map.of(
                                        "samlIDPMetaDataOptionsNameIDFormat", "persistent",
                                        "samlIDPMetaDataOptionsSSOBinding", "http-redirect",
                                        "samlIDPMetaDataOptionsCheckSSOMessageSignature", 1,
                                        "samlIDPMetaDataOptionsCheckTime", 1,
                                        "samlIDPMetaDataOptionsCheckAudience", 1)),
                        "samlIDPMetaDataExportedAttributes",
                        Map.of(US, each("1;"))));
    }

    private static Map<String, Object> with(String authentication, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put("authentication", authentication);
        all.put("userDB", "Same");
        all.put("restSessionServer", 1);
        all.put("exportedAttr", "+ " + String.join(" ", KEPT));
        return all;
    }

    /** Each word under its own name. */
    private static Map<String, String> each(String prefix) {
        Map<String, String> all = new LinkedHashMap<>();
        KEPT.forEach(word -> all.put(word, prefix + word));
        return all;
    }
}
