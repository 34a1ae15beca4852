package org.entente.keycloak.sources;

import static org.entente.keycloak.Answers.answer;
import static org.entente.keycloak.Answers.asked;
import static org.entente.keycloak.Answers.bad;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.entente.keycloak.Json;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/** The part of the platform's door that keeps identity sources: see {@code docs/developers/keycloak-door.md}. */
public final class SourceResource {

    private static final Duration TOLD_FOR = Duration.ofDays(30);
    private static final int LARGEST_METADATA = 2 * 1024 * 1024;
    private static final int MOST_READ = 2000;
    private static final int MOST_TOLD = 50;
    private static final EventType[] REFUSALS = {
        EventType.IDENTITY_PROVIDER_FIRST_LOGIN_ERROR,
        EventType.IDENTITY_PROVIDER_POST_LOGIN_ERROR,
        EventType.IDENTITY_PROVIDER_LOGIN_ERROR
    };

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SourceKeeper keeper;

    public SourceResource(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.keeper = new SourceKeeper(session, realm);
    }

    @PUT
    @Path("{alias}")
    public Response put(@PathParam("alias") String alias, String body) {
        keeper.put(alias, asked(() -> Json.read(body, Wanted.class)));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{alias}")
    public Response remove(@PathParam("alias") String alias) {
        if (!keeper.remove(alias)) {
            throw new NotFoundException();
        }
        return Response.noContent().build();
    }

    /** Reads metadata of a SAML provider into the settings that {@link Wanted} takes. */
    @POST
    @Path("saml-metadata")
    public Response metadata(String body) {
        String xml = asked(() -> Json.read(body, Metadata.class).xml());
        // No honest metadata has a document type; with one a parser may be led to read other files (XXE).
        if (xml == null || xml.length() > LARGEST_METADATA || xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY")) {
            throw bad("unreadable");
        }
        Map<String, String> read;
        try {
            read = new SAMLIdentityProviderFactory().parseConfig(session, xml);
        } catch (RuntimeException e) {
            // Whatever a parser says of a stranger's file is about the file.
            throw bad("unreadable");
        }
        if (read == null || read.get("singleSignOnServiceUrl") == null) {
            throw bad("no-identity-provider");
        }
        return answer(read);
    }

    /** Sign-ins through this source that were refused of late, the newest first. */
    @GET
    @Path("{alias}/refusals")
    public Response refusals(@PathParam("alias") String alias) {
        Set<String> told = new HashSet<>();
        return answer(session.getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(realm.getId())
                .type(REFUSALS)
                .fromDate(new Date(Time.currentTimeMillis() - TOLD_FOR.toMillis()))
                .orderByDescTime()
                .maxResults(MOST_READ)
                .getResultStream()
                .filter(event -> alias.equals(detail(event, Details.IDENTITY_PROVIDER)))
                // Keycloak tells of one refusal twice, and again when the page is loaded again.
                .filter(event -> told.add(event.getError() + ' ' + detail(event, Details.CODE_ID)))
                .limit(MOST_TOLD)
                .map(event -> new Refused(
                        Instant.ofEpochMilli(event.getTime()).toString(),
                        event.getError(),
                        detail(event, Refusals.ADDRESS)))
                .toList());
    }

    static String entityId(KeycloakSession session, RealmModel realm) {
        return base(session, realm).toString();
    }

    private static URI base(KeycloakSession session, RealmModel realm) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(realm.getName())
                .build();
    }

    private static @Nullable String detail(Event event, String name) {
        return event.getDetails() == null ? null : event.getDetails().get(name);
    }

    private record Metadata(String xml) {}

    private record Refused(
            String at, @Nullable String reason, @Nullable String address) {}
}
