package org.entente.keycloak.people;

import static org.entente.keycloak.Answers.answer;
import static org.entente.keycloak.Answers.asked;
import static org.entente.keycloak.Answers.bad;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.keycloak.Capacities;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Json;
import org.entente.keycloak.backchannel.BackChannel;
import org.entente.keycloak.backchannel.Notice;
import org.entente.keycloak.backchannel.Outbox;
import org.entente.keycloak.claims.Preview;
import org.entente.keycloak.signin.SignInFlows;
import org.entente.keycloak.signout.SignOuts;
import org.entente.keycloak.sources.DirectoryResource;
import org.entente.keycloak.sources.SourceResource;
import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The door of the platform into the realm: see {@code docs/developers/keycloak-door.md}. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PeopleResource {

    private static final int MOST = 100;
    private static final int MOST_HEARD = 1000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final BackChannel backChannel;

    PeopleResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, BackChannel backChannel) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.backChannel = backChannel;
    }

    @POST
    @Path("people")
    public Response write(String body) {
        auth.users().requireManage();
        List<PersonState.Sent> people =
                asked(() -> Json.read(body, PersonState.Batch.class).people());
        if (people == null || people.size() > MOST) {
            throw bad("At most " + MOST + " people at once");
        }
        return answer(Map.of("results", new Writer(session, backChannel).write(people)));
    }

    @GET
    @Path("people")
    public Response list(
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        auth.users().requireManage();
        return answer(new Listing(session, realm).page(after, Math.clamp(limit, 1, 1000)));
    }

    @POST
    @Path("first-sign-in-links")
    public Response link(String body) {
        auth.users().requireManage();
        FirstSignIn.Asked asked = asked(() -> Json.read(body, FirstSignIn.Asked.class));
        return answer(new FirstSignIn(session, realm).link(person(asked.person()), asked));
    }

    @POST
    @Path("first-sign-in-mails")
    public Response mail(String body) {
        auth.users().requireManage();
        FirstSignIn.Asked asked = asked(() -> Json.read(body, FirstSignIn.Asked.class));
        UserModel user = person(asked.person());
        if (user.getEmail() == null || user.getEmail().isBlank()) {
            throw bad("This person has no mail address");
        }
        // Who has a way in needs no other: an invitation does not make us write to them about a password.
        if (user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                || session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isPresent()) {
            return Response.noContent().build();
        }
        try {
            new FirstSignIn(session, realm).mail(user, asked);
        } catch (EmailException e) {
            throw new ServiceUnavailableException("The mail was not sent", (Long) null, e);
        }
        return Response.noContent().build();
    }

    @GET
    @Path("sessions")
    public Response sessions(@QueryParam("person") String person) {
        auth.users().requireManage();
        return answer(SessionView.of(session, realm, person(person)));
    }

    /** The applications in which somebody may still have a session of the application's own. */
    @GET
    @Path("entered")
    public Response entered(@QueryParam("person") String person) {
        auth.users().requireManage();
        return answer(SessionView.entered(session, realm, person(person)));
    }

    /** Ends a session as a person does who signs out; answers where the browser has to go for what only it can do. */
    @POST
    @Path("sign-outs")
    public Response signOut(String body) {
        auth.users().requireManage();
        Leaving asked = asked(() -> Json.read(body, Leaving.class));
        if (asked.session() == null || asked.next() == null) {
            throw bad("Which session ends, and where its browser goes then");
        }
        SignOuts signOuts = new SignOuts(session, realm, backChannel);
        UserSessionModel online = session.sessions().getUserSession(realm, asked.session());
        if (online == null) {
            return end(asked.session());
        }
        SignOuts.Begun begun = signOuts.begin(online, asked.next());
        return answer(signOuts.ended(begun, endBoth(asked.session())));
    }

    private record Leaving(String session, String next) {}

    /** What has become of a sign-out of the last minutes. */
    @GET
    @Path("sign-outs/{page}")
    public Response signedOut(@PathParam("page") String page) {
        auth.users().requireManage();
        return answer(new SignOuts(session, realm, backChannel).seen(page).orElseThrow(NotFoundException::new));
    }

    @DELETE
    @Path("sessions/{id}")
    public Response end(@PathParam("id") String id) {
        auth.users().requireManage();
        var unused = endBoth(id);
        return Response.noContent().build();
    }

    /** The session, and the offline one that was made of it; answers what applications are told. */
    private List<Notice> endBoth(String id) {
        UserSessionModel online = session.sessions().getUserSession(realm, id);
        UserSessionModel offline = session.sessions().getOfflineUserSession(realm, id);
        if (online == null && offline == null) {
            throw new NotFoundException();
        }
        List<Notice> told = new ArrayList<>();
        for (UserSessionModel one : new UserSessionModel[] {online, offline}) {
            if (one != null) {
                Sessions sessions = new Sessions(session, realm, one.getUser());
                sessions.endOne(one);
                backChannel.afterCommit(session, one.getUser().getUsername(), sessions.notices());
                told.addAll(sessions.notices());
            }
        }
        return told;
    }

    /** What became of notices to applications; those that this node has not sent, and all if {@code again}, are sent now. */
    @POST
    @Path("notices")
    public Response notices(String body) {
        auth.users().requireManage();
        Asked asked = asked(() -> Json.read(body, Asked.class));
        if (asked.notices() == null || asked.notices().size() > MOST) {
            throw bad("At most " + MOST + " notices at once");
        }
        return answer(Map.of("told", backChannel.see(session, asked.notices(), asked.again())));
    }

    private record Asked(List<Notice> notices, boolean again) {}

    /** The platform has kept what it was answered about these: until then it is answered again. */
    @POST
    @Path("notices/heard")
    public Response heard(String body) {
        auth.users().requireManage();
        Heard heard = asked(() -> Json.read(body, Heard.class));
        if (heard.ids() == null || heard.ids().size() > MOST_HEARD) {
            throw bad("At most " + MOST_HEARD + " notices at once");
        }
        List<Outbox.Kept> kept = Outbox.heard(session, heard.ids());
        // Somebody who died between the commit and the sending of them has told nobody.
        backChannel.ensure(session, kept);
        return Response.noContent().build();
    }

    private record Heard(List<String> ids) {}

    /** What an application would receive of this person in this capacity. */
    @GET
    @Path("told")
    public Response told(
            @QueryParam("client") String client,
            @QueryParam("person") String person,
            @QueryParam("capacity") String capacity) {
        auth.users().requireManage();
        UserModel user = person(person);
        ClientModel application = client == null ? null : realm.getClientByClientId(client);
        if (application == null) {
            throw new NotFoundException();
        }
        Capacity acting = Capacities.find(user, capacity)
                .filter(one -> one.gives(Capacities.service(application)))
                .orElseThrow(() -> bad("This capacity does not give the application"));
        return answer(new Preview(session, realm).of(application, user, acting));
    }

    /** Sign-in as code: makes and binds our flows where the realm does not have them yet. */
    @PUT
    @Path("flows")
    public Response flows() {
        auth.realm().requireManageRealm();
        return answer(new SignInFlows(session, realm).apply());
    }

    /** Members' own identity sources; who may keep people may keep by what they sign in. */
    @Path("sources")
    public SourceResource sources() {
        auth.users().requireManage();
        return new SourceResource(session, realm);
    }

    /** By whose directories people sign in. */
    @Path("directories")
    public DirectoryResource directories() {
        auth.users().requireManage();
        return new DirectoryResource(realm);
    }

    private UserModel person(String id) {
        UserModel user = id == null ? null : session.users().getUserById(realm, id);
        if (user == null) {
            throw new NotFoundException();
        }
        return user;
    }
}
