package org.entente.catalog;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link SignIn} as the column {@code sign_in} keeps it. */
record SignInRow(
        String kind,
        @Nullable String path,
        @Nullable String clientId,
        @Nullable List<String> redirectUris,
        @Nullable String initiateUrl,
        @Nullable String secret,
        @Nullable String url,
        @Nullable List<String> afterSignOut,
        SignIn.@Nullable ProConnect proConnect,
        SignIn.@Nullable Saml saml,
        SignIn.@Nullable Cas cas,
        SignIn.@Nullable Gateway gateway,
        SignIn.@Nullable Logout logout,
        @Nullable Boolean files) {

    static SignInRow of(SignIn signIn) {
        return switch (signIn) {
            case SignIn.BuiltIn(var path) ->
                new SignInRow(
                        signIn.kind(), path, null, null, null, null, null, null, null, null, null, null, null, null);
            case SignIn.Oidc(
                    var client,
                    var uris,
                    var initiate,
                    var secret,
                    var afterSignOut,
                    var proConnect,
                    var logout,
                    var files) ->
                new SignInRow(
                        signIn.kind(),
                        null,
                        client,
                        uris,
                        initiate,
                        secret,
                        null,
                        afterSignOut,
                        proConnect,
                        null,
                        null,
                        null,
                        logout,
                        files ? true : null);
            case SignIn.Link(var url) ->
                new SignInRow(
                        signIn.kind(), null, null, null, null, null, url, null, null, null, null, null, null, null);
            case SignIn.Saml saml -> whole(saml, saml, null, null);
            case SignIn.Cas cas -> whole(cas, null, cas, null);
            case SignIn.Gateway gateway -> whole(gateway, null, null, gateway);
        };
    }

    /** Later kinds are kept as they are. */
    private static SignInRow whole(
            SignIn signIn, SignIn.@Nullable Saml saml, SignIn.@Nullable Cas cas, SignIn.@Nullable Gateway gateway) {
        return new SignInRow(
                signIn.kind(), null, null, null, null, null, null, null, null, saml, cas, gateway, null, null);
    }

    SignIn signIn() {
        return switch (kind) {
            case "oidc" ->
                new SignIn.Oidc(
                        Objects.requireNonNull(clientId),
                        Objects.requireNonNull(redirectUris),
                        Objects.requireNonNull(initiateUrl),
                        secret,
                        afterSignOut == null ? List.of() : afterSignOut,
                        proConnect,
                        logout,
                        Boolean.TRUE.equals(files));
            case "saml" -> Objects.requireNonNull(saml);
            case "cas" -> Objects.requireNonNull(cas);
            case "gateway" -> Objects.requireNonNull(gateway);
            case "link" -> new SignIn.Link(Objects.requireNonNull(url));
            default -> new SignIn.BuiltIn(path);
        };
    }
}
