package org.entente.keycloak.signin;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.entente.keycloak.Capacity;
import org.entente.keycloak.Vouching;
import org.entente.keycloak.sources.Directory;
import org.entente.keycloak.sources.DirectoryDoor;
import org.entente.keycloak.sources.DirectoryDoor.Said;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A password at an address whose member has its directory asked. Whoever has the address, and whether anybody has it: one hash is computed, and the
 * directory is gone to. Nothing tells them apart but an answer that only the right password, or somebody who locked the account elsewhere, can get.
 */
final class DirectoryPassword {

    /** Auth note: the person whom the directory has just recognised, and who must confirm by a password of their own; with the alias it came by. */
    private static final String PROVED = "entente.directory.proved";

    private static final String EVENT = "directory_";

    /** @param counts whether it is one more failure of this person */
    record No(FormMessage why, boolean counts) {}

    private final AuthenticationFlowContext context;

    DirectoryPassword(AuthenticationFlowContext context) {
        this.context = context;
    }

    static boolean confirming(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getAuthNote(PROVED) != null;
    }

    static void forget(AuthenticationFlowContext context) {
        context.getAuthenticationSession().removeAuthNote(PROVED);
    }

    /**
     * Looks at a password.
     *
     * @param user who has the address, if anybody has
     * @param oursToo whether a password of the territory counts for them
     * @return why they do not come in; null when the context has its answer
     */
    @Nullable
    No look(Directory directory, @Nullable UserModel user, @Nullable String address, String password, boolean oursToo) {
        UserModel ours = oursToo ? user : null;
        String refusal = PasswordCheck.refusal(context, ours, password);
        if (refusal == null && ours != null) {
            context.setUser(ours);
            context.success(PasswordCredentialModel.TYPE);
            return null;
        }
        Capacity holding = mayAsk(user) ? directory.holding(user, address) : null;
        Said said = DirectoryDoor.ask(
                context.getRealm(),
                directory,
                holding,
                password,
                context.getConnection().getRemoteAddr());
        if (said == Said.RIGHT && user != null && holding != null) {
            recognised(directory, user, address);
            return null;
        }
        if (said == Said.AWAY) {
            return away(ours, directory);
        }
        Capacity held = directory.holding(user, address);
        boolean wrong = said == Said.WRONG || said == Said.RIGHT;
        PasswordCheck.failed(
                context,
                held != null || ours != null ? user : null,
                wrong ? (refusal == null ? Errors.INVALID_USER_CREDENTIALS : refusal) : event(said));
        return new No(message(wrong ? "ententeDirectoryWrong" : text(said), directory), true);
    }

    /** While Keycloak itself has shut somebody out, their directory is left alone. */
    private boolean mayAsk(@Nullable UserModel user) {
        return user != null
                && user.isEnabled()
                && AuthenticatorUtils.getDisabledByBruteForceEventError(context, user) == null;
    }

    private void recognised(Directory directory, UserModel user, @Nullable String address) {
        Vouching vouching = directory.vouching(user);
        boolean asks = PasswordCheck.has(user) || Limits.asksToConfirm(context);
        if (vouching.elsewhere(user) && !vouching.confirmed() && asks) {
            context.getAuthenticationSession().setAuthNote(PROVED, user.getId() + " " + directory.member());
            context.forceChallenge(confirmPage(directory, user, address, null));
        } else {
            comeIn(user, vouching);
        }
    }

    private void comeIn(UserModel user, Vouching vouching) {
        vouching.keep(context.getAuthenticationSession());
        context.setUser(user);
        context.success(PasswordCredentialModel.TYPE);
    }

    /**
     * The password of their own, of who is with other members too: once.
     *
     * @param only whether they rather go on for this member only
     */
    void confirm(@Nullable String password, @Nullable String address, boolean only) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        String[] proved = String.valueOf(signIn.getAuthNote(PROVED)).split(" ", -1);
        UserModel user = context.getSession().users().getUserById(context.getRealm(), proved[0]);
        Optional<Directory> directory = new HomeRealm(context)
                .directory(address)
                .filter(one -> proved.length == 2 && one.member().equals(proved[1]));
        if (user == null || directory.isEmpty() || directory.get().holding(user, address) == null) {
            // Left, or taken out of service, meanwhile.
            forget(context);
            context.failure(AuthenticationFlowError.INVALID_USER);
            return;
        }
        Vouching vouching = directory.get().vouching(user);
        if (only) {
            forget(context);
            comeIn(user, vouching);
            return;
        }
        if (password == null || password.isEmpty()) {
            context.forceChallenge(confirmPage(directory.get(), user, address, "ententePasswordMissing"));
            return;
        }
        String refusal = PasswordCheck.refusal(context, user, password);
        if (refusal == null) {
            forget(context);
            comeIn(user, vouching.confirm(user));
            return;
        }
        PasswordCheck.failed(context, user, refusal);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                confirmPage(directory.get(), user, address, "ententeConfirmWrong"));
    }

    /** Nobody's failure, unless a password of the territory was tried as well: an outage must not let that be guessed without end. */
    private No away(@Nullable UserModel ours, Directory directory) {
        boolean tried = ours != null && PasswordCheck.has(ours);
        context.getEvent().detail(Details.REASON, directory.member());
        PasswordCheck.failed(context, tried ? ours : null, event(Said.AWAY));
        return new No(message("ententeDirectoryAway", directory), tried);
    }

    private Response confirmPage(
            Directory directory, UserModel user, @Nullable String address, @Nullable String error) {
        var form = Limits.confirmPage(context, user, directory.vouching(user), directory.label())
                .setAttribute("address", address == null ? "" : address);
        if (error != null) {
            form.addError(new FormMessage(CredentialRepresentation.PASSWORD, error));
        }
        return form.createForm("entente-source-confirm.ftl");
    }

    private static String event(Said said) {
        return EVENT + said.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Said said) {
        return switch (said) {
            case LOCKED -> "ententeDirectoryLocked";
            case EXPIRED -> "ententeDirectoryExpired";
            case MUST_CHANGE -> "ententeDirectoryMustChange";
            case DISABLED -> "ententeDirectoryDisabled";
            case ENDED -> "ententeDirectoryEnded";
            case HOURS -> "ententeDirectoryHours";
            default -> "ententeDirectoryRefused";
        };
    }

    private static FormMessage message(String key, Directory directory) {
        return new FormMessage(CredentialRepresentation.PASSWORD, key, directory.label());
    }
}
