package org.entente.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application says of itself as client metadata (RFC 7591, 2; OpenID Connect Registration 1.0, RP-Initiated, Back-Channel and Front-Channel
 * Logout 1.0), as far as a descriptor needs it, with a remark on each word that is done otherwise here or not at all.
 *
 * @param name in no language or in French
 * @param opens where a tile leads: what the application calls its {@code initiate_login_uri}, else its page
 * @param confidential whether it can keep a secret
 * @param es256 whether it wants its tokens signed by ES256, which is ProConnect's way here
 */
record OidcMetadata(
        @Nullable String name,
        @Nullable String clientId,
        List<String> redirectUris,
        List<String> afterSignOut,
        @Nullable String backChannelLogout,
        @Nullable String opens,
        boolean confidential,
        boolean es256,
        List<Remark> remarks) {

    private static final int MOST_CHARACTERS = 100_000;
    private static final int MOST_URIS = 50;

    /** Words about the application that nobody needs to sign people in. */
    private static final Set<String> ONLY_SAID = Set.of(
            "contacts",
            "logo_uri",
            "tos_uri",
            "policy_uri",
            "software_id",
            "software_version",
            "software_statement",
            "application_type",
            "client_id_issued_at",
            "client_secret_expires_at",
            "registration_client_uri",
            "backchannel_logout_session_required",
            "frontchannel_logout_session_required",
            "require_auth_time",
            "default_max_age",
            "require_pushed_authorization_requests");

    OidcMetadata {
        redirectUris = List.copyOf(redirectUris);
        afterSignOut = List.copyOf(afterSignOut);
        remarks = List.copyOf(remarks);
    }

    /**
     * About one word of the metadata.
     *
     * @param stops whether the application will not work as it is said to
     * @param code key of the message catalogue, below {@code catalog.oidc-metadata.}
     */
    record Remark(String word, boolean stops, String code, List<Object> args) {}

    /** @throws Refusal in words, when it is no metadata of an application */
    static OidcMetadata read(@Nullable String text, JsonMapper json) {
        if (text == null || text.isBlank() || text.length() > MOST_CHARACTERS) {
            throw Refusal.invalidField("json", "oidc-metadata.unreadable");
        }
        JsonNode root;
        try {
            root = json.readTree(text.strip());
        } catch (JacksonException e) {
            throw Refusal.invalidField("json", "oidc-metadata.unreadable");
        }
        if (!root.isObject()) {
            throw Refusal.invalidField("json", "oidc-metadata.unreadable");
        }
        if (root.has("authorization_endpoint")) {
            throw Refusal.invalidField("json", "oidc-metadata.provider");
        }
        if (!root.path("redirect_uris").isArray()) {
            throw Refusal.invalidField("json", "oidc-metadata.no-application");
        }
        return new Reading(root).metadata();
    }

    /** One reading: takes the words it knows, remarks on the others. */
    private static final class Reading {
        private final JsonNode root;
        private final List<Remark> remarks = new ArrayList<>();

        Reading(JsonNode root) {
            this.root = root;
        }

        OidcMetadata metadata() {
            List<String> redirects = urls("redirect_uris");
            List<String> afterSignOut = urls("post_logout_redirect_uris");
            String logout = url("backchannel_logout_uri");
            String initiate = url("initiate_login_uri");
            String page = url("client_uri");
            boolean confidential = confidential();
            boolean es256 = algorithm();
            ways();
            scopes();
            others();
            return new OidcMetadata(
                    name(),
                    clientId(),
                    redirects,
                    afterSignOut,
                    logout,
                    initiate == null ? page : initiate,
                    confidential,
                    es256,
                    remarks);
        }

        private void remark(String word, boolean stops, String code, Object... args) {
            remarks.add(new Remark(word, stops, code, List.of(args)));
        }

        private @Nullable String name() {
            String french = text("client_name#fr");
            String name = french == null ? text("client_name") : french;
            return name == null ? null : name.substring(0, Math.min(60, name.length()));
        }

        private @Nullable String clientId() {
            String id = text("client_id");
            if (id != null && id.length() > 100) {
                remark("client_id", false, "too-long");
                return null;
            }
            return id;
        }

        private @Nullable String text(String word) {
            JsonNode value = root.path(word);
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            if (!value.isString()) {
                remark(word, true, "no-text");
                return null;
            }
            String text = value.asString().strip();
            return text.isEmpty() ? null : text;
        }

        private List<String> texts(String word) {
            JsonNode value = root.path(word);
            if (value.isMissingNode() || value.isNull()) {
                return List.of();
            }
            if (!value.isArray()
                    || value.size() > MOST_URIS
                    || value.valueStream().anyMatch(one -> !one.isString())) {
                remark(word, true, "no-list", MOST_URIS);
                return List.of();
            }
            return value.valueStream()
                    .map(one -> one.asString().strip())
                    .distinct()
                    .toList();
        }

        private List<String> urls(String word) {
            return texts(word).stream().filter(one -> taken(word, one)).toList();
        }

        private @Nullable String url(String word) {
            String url = text(word);
            return url != null && taken(word, url) ? url : null;
        }

        /** As a descriptor takes them; a star would be any address to the sign-in, a fragment is forbidden (RFC 6749, 3.1.2). */
        private boolean taken(String word, String url) {
            boolean good =
                    url.length() <= 500 && !url.contains("*") && !url.contains("#") && DescriptorReader.isUrl(url);
            if (!good) {
                remark(word, word.equals("redirect_uris"), "url", url.substring(0, Math.min(120, url.length())));
            }
            return good;
        }

        private boolean confidential() {
            String method = text("token_endpoint_auth_method");
            if (method == null || method.equals("client_secret_basic") || method.equals("client_secret_post")) {
                return true;
            }
            if (method.equals("none")) {
                return false;
            }
            remark("token_endpoint_auth_method", true, "authentication", method);
            return true;
        }

        private boolean algorithm() {
            boolean es256 = false;
            for (String word : List.of("id_token_signed_response_alg", "userinfo_signed_response_alg")) {
                String algorithm = text(word);
                if (algorithm == null || algorithm.equals("RS256") && word.startsWith("id_token")) {
                    continue;
                }
                if (algorithm.equals("ES256") || algorithm.equals("RS256")) {
                    es256 |= algorithm.equals("ES256");
                    remark(word, false, "proconnect", algorithm);
                } else {
                    remark(word, true, "algorithm", algorithm);
                }
            }
            return es256;
        }

        private void ways() {
            for (String grant : texts("grant_types")) {
                if (!grant.equals("authorization_code") && !grant.equals("refresh_token")) {
                    remark("grant_types", grant.equals("implicit"), "grant", grant);
                }
            }
            List<String> responses = texts("response_types");
            if (!responses.isEmpty() && !responses.contains("code")) {
                remark("response_types", true, "response", String.join(", ", responses));
            }
            if ("pairwise".equals(text("subject_type"))) {
                remark("subject_type", false, "pairwise");
            }
            if (text("frontchannel_logout_uri") != null) {
                remark("frontchannel_logout_uri", false, "front-channel");
            }
            for (String word : List.of("jwks", "jwks_uri")) {
                if (root.hasNonNull(word)) {
                    remark(word, false, "keys");
                }
            }
            if (text("client_secret") != null) {
                remark("client_secret", false, "secret");
            }
        }

        private void scopes() {
            String scope = text("scope");
            if (scope != null) {
                Set<String> unknown = new LinkedHashSet<>(List.of(scope.split("\\s+")));
                unknown.removeAll(SignIn.Oidc.SCOPES);
                if (!unknown.isEmpty()) {
                    remark("scope", true, "scope", String.join(" ", unknown));
                }
            }
        }

        private void others() {
            Set<String> read = Set.of(
                    "redirect_uris post_logout_redirect_uris backchannel_logout_uri frontchannel_logout_uri initiate_login_uri client_uri client_name client_id client_secret token_endpoint_auth_method id_token_signed_response_alg userinfo_signed_response_alg grant_types response_types subject_type jwks jwks_uri scope"
                            .split(" "));
            for (String word : root.propertyNames()) {
                String plain = word.replaceFirst("#.*", "");
                if (word.length() > 100) {
                    throw Refusal.invalidField("json", "oidc-metadata.unreadable");
                }
                if (!read.contains(plain) && !ONLY_SAID.contains(plain)) {
                    remark(word, false, "unknown");
                }
            }
        }
    }
}
