package org.entente.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a person enters a service: decides what a tile opens, and what the identity engine has to know. */
public sealed interface SignIn {

    /** The word descriptors and JSON use. */
    String kind();

    /** What the tile opens; null when the service has nothing to open. */
    @Nullable
    String opens();

    /** By what the sign-in knows the application; no two services share it. Null when the sign-in does not know it. */
    default @Nullable String client() {
        return null;
    }

    /** Whether who enters passes by the territory's sign-in, which can ask for more there. */
    default boolean canAskForSecondFactor() {
        return true;
    }

    /** A room of the platform itself; {@code path} is its page in the browser application. */
    record BuiltIn(@Nullable String path) implements SignIn {
        @Override
        public boolean canAskForSecondFactor() {
            return false;
        }

        @Override
        public String kind() {
            return "built-in";
        }

        @Override
        public @Nullable String opens() {
            return path;
        }
    }

    /**
     * An outside application that signs people in by OpenID Connect.
     *
     * @param secret of a confidential client, as a reference {@code ${secret:…}}; null for a public client with PKCE
     * @param afterSignOut where the application may have people sent once they signed out; empty for its redirect URIs
     * @param proConnect set for an application that was built for ProConnect
     * @param logout by what it is told that somebody signed out; null when it takes no such notice
     * @param files whether it may ask for the scope by whose token a person's files are reached
     */
    record Oidc(
            String clientId,
            List<String> redirectUris,
            String initiateUrl,
            @Nullable String secret,
            List<String> afterSignOut,
            @Nullable ProConnect proConnect,
            @Nullable Logout logout,
            boolean files)
            implements SignIn {
        /** Scopes that an application may ask for; {@code openid} is the protocol's own. */
        public static final Set<String> SCOPES = Set.of(
                "openid",
                "profile",
                "email",
                "offline_access",
                "uid",
                "given_name",
                "usual_name",
                "siret",
                "siren",
                "organizational_unit",
                "belonging_population",
                "phone",
                "idp_id",
                "idp_acr",
                "custom",
                "roles",
                "capacity",
                "chorusdt",
                "groups",
                "is_service_public");

        public Oidc {
            redirectUris = List.copyOf(redirectUris);
            afterSignOut = List.copyOf(afterSignOut);
        }

        @Override
        public String client() {
            return clientId;
        }

        @Override
        public String kind() {
            return "oidc";
        }

        @Override
        public String opens() {
            return initiateUrl;
        }
    }

    /**
     * Where an OpenID Connect application is told that a session has ended.
     *
     * @param backChannel from server to server (OpenID Connect Back-Channel Logout 1.0)
     * @param frontChannel in the browser of the person (OpenID Connect Front-Channel Logout 1.0)
     */
    record Logout(@Nullable String backChannel, @Nullable String frontChannel) {}

    /**
     * What ProConnect gives its applications, so that one of them needs other addresses and nothing else: signed userinfo, a
     * {@code sub} of its own for each application, its words for scopes and claims. Source: the partners' documentation of ProConnect.
     *
     * @param algorithm what the application expects id_token and userinfo to be signed with
     * @param party whether it is such an application, or ProConnect itself, to which the territory is an identity provider
     */
    record ProConnect(Algorithm algorithm, Party party) {
        public ProConnect {
            // What was kept before there was a choice.
            party = party == null ? Party.APPLICATION : party;
        }
    }

    /** Who asks in ProConnect's words. */
    enum Party {
        APPLICATION,
        FEDERATION
    }

    /** The signature algorithms that ProConnect registers for an application and that need no shared secret. */
    enum Algorithm {
        RS256,
        ES256
    }

    /**
     * An outside application that signs people in by SAML 2.0.
     *
     * @param assertionConsumerServices where assertions may be sent, the usual one first
     * @param singleLogoutService where the browser is sent when the person signs out; null when the application has none
     * @param certificate with which requests must be signed, in base64; null when they need not be
     * @param singleLogoutSoap where it takes logout requests from server to server (SAML 2.0 Bindings 3.2); null when it takes none
     */
    record Saml(
            String entityId,
            List<String> assertionConsumerServices,
            @Nullable String singleLogoutService,
            NameId nameId,
            @Nullable String certificate,
            String initiateUrl,
            @Nullable String singleLogoutSoap)
            implements SignIn {
        public Saml {
            assertionConsumerServices = List.copyOf(assertionConsumerServices);
        }

        @Override
        public String client() {
            return entityId;
        }

        @Override
        public String kind() {
            return "saml";
        }

        @Override
        public String opens() {
            return initiateUrl;
        }
    }

    /** Who an assertion is about: an identifier of the application's own, or the address of the capacity. */
    enum NameId {
        PERSISTENT,
        EMAIL
    }

    /**
     * An outside application that signs people in by CAS 2 or 3.
     *
     * @param serviceUrls where tickets may be sent: addresses, or beginnings of addresses that end with {@code *}
     */
    record Cas(List<String> serviceUrls, CasUser user, String initiateUrl) implements SignIn {
        public Cas {
            serviceUrls = List.copyOf(serviceUrls);
        }

        /** Whether an address could be of either: one of them would then be judged by the rights of the other. */
        public boolean overlaps(Cas other) {
            return serviceUrls.stream()
                    .anyMatch(mine -> other.serviceUrls.stream()
                            .anyMatch(theirs -> covers(mine, theirs) || covers(theirs, mine)));
        }

        private static boolean covers(String registered, String url) {
            return registered.endsWith("*")
                    ? url.startsWith(registered.substring(0, registered.length() - 1))
                    : registered.equals(url);
        }

        /** CAS applications have no name of their own in the protocol: this is the one they have in the realm. */
        public static String clientId(String service) {
            return "cas:" + service;
        }

        @Override
        public String kind() {
            return "cas";
        }

        @Override
        public String opens() {
            return initiateUrl;
        }
    }

    /** What CAS calls the user: an identifier of the application's own, the address of the capacity, or the person's id. */
    enum CasUser {
        PERSISTENT,
        EMAIL,
        UID
    }

    /** A plain link to another site, which knows nothing of the territory. */
    record Link(String url) implements SignIn {
        @Override
        public boolean canAskForSecondFactor() {
            return false;
        }

        @Override
        public String kind() {
            return "link";
        }

        @Override
        public String opens() {
            return url;
        }
    }

    /**
     * An application that believes the HTTP headers of the proxy in front of it, which is the platform: it has a host name of its own, under
     * which the platform passes requests on to {@code upstream}, saying in headers who comes.
     *
     * @param url origin of the application as browsers see it: scheme, host and port, nothing behind
     * @param upstream origin where it listens
     * @param start path that a tile leads to
     * @param signOut path by which the application signs people out; null when it has none
     * @param headers what each header says: one of {@link #WORDS}
     * @param signed whether {@code Entente-Identity} is sent too, which says the same and is signed
     * @param answer seconds that the application may stay silent
     */
    record Gateway(
            String url,
            String upstream,
            String start,
            @Nullable String signOut,
            Map<String, String> headers,
            boolean signed,
            int answer)
            implements SignIn {

        /** What may be said of a person in a capacity; the words are those of our SAML assertions. */
        public static final List<String> WORDS = List.of(
                "uid",
                "givenName",
                "sn",
                "mail",
                "telephoneNumber",
                "siret",
                "siren",
                "organizational_unit",
                "belonging_population",
                "roles");

        /** Paths below are the platform's own on every such host. */
        public static final String OURS = "/.entente/";

        public Gateway {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public String kind() {
            return "gateway";
        }

        @Override
        public String opens() {
            return url + OURS + "start";
        }
    }
}
