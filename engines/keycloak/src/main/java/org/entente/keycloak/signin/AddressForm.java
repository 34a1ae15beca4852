package org.entente.keycloak.signin;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.entente.keycloak.Vouching;
import org.entente.keycloak.sources.Directory;
import org.entente.keycloak.sources.Source;
import org.entente.keycloak.sources.Sources;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.messages.Messages;

/**
 * First the professional address, then the password; a passkey at either page. An address nobody has is answered exactly like
 * one that somebody has, in words and in time.
 */
final class AddressForm extends UsernamePasswordForm {

    private static final String USERNAME = "username";
    private static final String BACK = "back";
    private static final String SOURCE = "source";
    private static final String RESCUE = "rescue";

    /** Event: the right means, but of somebody whose member signs its people in itself. */
    private static final String SOURCE_REQUIRED = "source_required";

    private final KeycloakSession session;

    AddressForm(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserModel known = context.getUser();
        if (known != null && alreadyAuthenticatedUsingPasswordlessCredential(context)) {
            Vouching.none(context.getAuthenticationSession());
            context.success();
            return;
        }
        if (known != null) {
            again(context, known);
            return;
        }
        HomeRealm home = new HomeRealm(context);
        String hinted = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        Optional<Source> source = home.hinted();
        if (source.isEmpty() && !home.sentAlready() && !home.rescue()) {
            List<Source> leads = home.of(Addresses.normal(hinted));
            if (leads.size() == 1 && !leads.getFirst().passwordsToo() && !home.namesDirectory()) {
                source = Optional.of(leads.getFirst());
            }
        }
        if (source.isPresent()) {
            home.send(source.get(), hinted);
        } else {
            context.challenge(addressPage(context, hinted, null));
        }
    }

    /** Signing in again, before something that matters: who it is is known. */
    private void again(AuthenticationFlowContext context, UserModel known) {
        HomeRealm home = new HomeRealm(context);
        String address = home.addressOf(known);
        context.getAuthenticationSession().setAuthNote(Addresses.NOTE, address == null ? "" : address);
        List<Source> sources = home.of(known);
        boolean byPassword = sources.isEmpty()
                || (PasswordCheck.has(known) && home.passwordCounts(known, address))
                || home.directory(address).isPresent();
        if (byPassword) {
            context.challenge(passwordPage(context, (FormMessage) null));
        } else if (sources.size() == 1 && !home.sentAlready()) {
            home.send(sources.getFirst(), address);
        } else {
            context.challenge(sourcePage(context, sources, false));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        PasswordCheck.begin(context);
        // Unless a directory says so below, they prove by a means of their own.
        Vouching.none(context.getAuthenticationSession());
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        boolean confirming = DirectoryPassword.confirming(context);
        // Whatever else is sent, what the directory said counts no more.
        boolean goesOn = form.containsKey(CredentialRepresentation.PASSWORD) || form.containsKey(Limits.ONLY);
        if (!confirming || !goesOn) {
            DirectoryPassword.forget(context);
        }
        if (form.containsKey("authenticatorData") || form.containsKey("error")) {
            passkey(context);
        } else if (form.containsKey(BACK)) {
            context.clearUser();
            context.challenge(addressPage(context, noted(context), null));
        } else if (form.containsKey(RESCUE)) {
            new HomeRealm(context).beginRescue();
            context.challenge(addressPage(context, noted(context), null));
        } else if (form.containsKey(SOURCE)) {
            source(context, form.getFirst(SOURCE), form.getFirst(USERNAME));
        } else if (confirming && goesOn) {
            new DirectoryPassword(context)
                    .confirm(
                            form.getFirst(CredentialRepresentation.PASSWORD),
                            noted(context),
                            form.containsKey(Limits.ONLY));
        } else if (form.containsKey(CredentialRepresentation.PASSWORD)) {
            password(context, form.getFirst(CredentialRepresentation.PASSWORD));
        } else {
            address(context, form.getFirst(USERNAME));
        }
    }

    private void passkey(AuthenticationFlowContext context) {
        webauthnAuth.action(context);
        UserModel user = context.getUser();
        if (context.getStatus() == FlowStatus.SUCCESS && user != null && !new HomeRealm(context).passkeyCounts(user)) {
            context.clearUser();
            context.getEvent().user(user).error(SOURCE_REQUIRED);
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_USER, addressPage(context, null, "ententePasskeyElsewhere"));
        }
    }

    private void address(AuthenticationFlowContext context, @Nullable String typed) {
        String address = Addresses.normal(typed);
        if (address == null) {
            context.forceChallenge(addressPage(context, typed, "ententeAddressInvalid"));
            return;
        }
        context.getAuthenticationSession().setAuthNote(Addresses.NOTE, address);
        HomeRealm home = new HomeRealm(context);
        List<Source> sources = home.rescue() || home.namesDirectory() ? List.of() : home.of(address);
        boolean passwordsToo = sources.stream().anyMatch(Source::passwordsToo);
        if (sources.isEmpty()) {
            context.forceChallenge(passwordPage(context, (FormMessage) null));
        } else if (sources.size() == 1 && !passwordsToo) {
            home.send(sources.getFirst(), address);
        } else {
            context.forceChallenge(sourcePage(context, sources, passwordsToo));
        }
    }

    /** A source that was offered was chosen, or the password instead of them. */
    private void source(AuthenticationFlowContext context, @Nullable String chosen, @Nullable String typed) {
        HomeRealm home = new HomeRealm(context);
        Optional<Source> partners = home.partners().filter(one -> one.alias().equals(chosen));
        if (partners.isPresent()) {
            home.send(partners.get(), Addresses.normal(typed));
            return;
        }
        String address = noted(context);
        UserModel known = context.getUser();
        List<Source> offered = known == null ? home.of(address) : home.of(known);
        Optional<Source> source =
                offered.stream().filter(one -> one.alias().equals(chosen)).findFirst();
        if (source.isPresent()) {
            home.send(source.get(), address);
        } else if (known == null && offered.stream().anyMatch(Source::passwordsToo)) {
            context.forceChallenge(passwordPage(context, (FormMessage) null));
        } else {
            // Taken out of service meanwhile.
            context.forceChallenge(addressPage(context, address, null));
        }
    }

    private void password(AuthenticationFlowContext context, @Nullable String password) {
        UserModel user = context.getUser() != null
                ? context.getUser()
                : Addresses.owner(context.getSession(), context.getRealm(), noted(context));
        if (password == null || password.isEmpty()) {
            context.forceChallenge(passwordPage(context, "ententePasswordMissing"));
            return;
        }
        HomeRealm home = new HomeRealm(context);
        Optional<Directory> directory = home.directory(noted(context));
        if (directory.isPresent()) {
            boolean oursToo = home.passwordCounts(user, noted(context));
            DirectoryPassword.No no =
                    new DirectoryPassword(context).look(directory.get(), user, noted(context), password, oursToo);
            if (no != null && no.counts()) {
                context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, passwordPage(context, no.why()));
            } else if (no != null) {
                context.forceChallenge(passwordPage(context, no.why()));
            }
            return;
        }
        if (!home.passwordCounts(user, noted(context))) {
            // Looked at like nobody's: failures here must not lock who cannot come in by a password out of their own
            // source.
            user = null;
        }
        String refusal = PasswordCheck.refusal(context, user, password);
        if (refusal == null && user != null) {
            context.setUser(user);
            context.success(PasswordCredentialModel.TYPE);
            return;
        }
        PasswordCheck.failed(context, user, refusal == null ? Errors.USER_NOT_FOUND : refusal);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS, passwordPage(context, "ententePasswordWrong"));
    }

    private static @Nullable String noted(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getAuthNote(Addresses.NOTE);
    }

    private Response addressPage(AuthenticationFlowContext context, @Nullable String address, @Nullable String error) {
        LoginFormsProvider form = page(context, error == null ? null : new FormMessage(USERNAME, error));
        form.setAttribute("address", address == null ? "" : address);
        HomeRealm home = new HomeRealm(context);
        form.setAttribute("rescue", home.rescue());
        form.setAttribute("mayRescue", home.sentAlready());
        offerPartners(form);
        return form.createForm("entente-address.ftl");
    }

    private Response sourcePage(AuthenticationFlowContext context, List<Source> sources, boolean passwordsToo) {
        LoginFormsProvider form =
                context.form().setExecution(context.getExecution().getId());
        form.setAttribute("address", noted(context));
        form.setAttribute("again", context.getUser() != null);
        form.setAttribute("sources", sources);
        form.setAttribute("passwordsToo", passwordsToo);
        return form.createForm("entente-source.ftl");
    }

    private Response passwordPage(AuthenticationFlowContext context, @Nullable String error) {
        return passwordPage(context, error == null ? null : new FormMessage(CredentialRepresentation.PASSWORD, error));
    }

    private Response passwordPage(AuthenticationFlowContext context, @Nullable FormMessage error) {
        LoginFormsProvider form = page(context, error);
        form.setAttribute("address", noted(context));
        form.setAttribute(
                "directoryLabel",
                new HomeRealm(context)
                        .directory(noted(context))
                        .map(Directory::label)
                        .orElse(""));
        form.setAttribute("again", context.getUser() != null);
        return form.createForm("entente-password.ftl");
    }

    private LoginFormsProvider page(AuthenticationFlowContext context, @Nullable FormMessage error) {
        LoginFormsProvider form =
                context.form().setExecution(context.getExecution().getId());
        if (webauthnAuth.isPasskeysEnabled()) {
            webauthnAuth.fillContextForm(context);
        }
        if (error != null) {
            form.addError(error);
        }
        return form;
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        // A passkey that was not accepted: back to the first page, with the reason.
        form.setAttribute("address", "");
        form.setAttribute("rescue", false);
        form.setAttribute("mayRescue", false);
        offerPartners(form);
        return form.createForm("entente-address.ftl");
    }

    private void offerPartners(LoginFormsProvider form) {
        Sources.ofPartners(session, session.getContext().getRealm())
                .ifPresent(source -> form.setAttribute("partners", source.alias()));
    }

    @Override
    protected String getDefaultChallengeMessage(AuthenticationFlowContext context) {
        return Messages.INVALID_USER;
    }
}
