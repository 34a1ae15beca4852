package org.entente.keycloak.signin;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;

/** What Keycloak wants to know of a step of the sign-in; one nested class each, listed in {@code META-INF/services}. */
public abstract class Step implements AuthenticatorFactory {

    private final String id;
    private final String help;
    private final Function<KeycloakSession, Authenticator> make;

    private Step(String id, String help, Function<KeycloakSession, Authenticator> make) {
        this.id = id;
        this.help = help;
        this.make = make;
    }

    /** See {@link AddressForm}. */
    public static final class Address extends Step {
        static final String ID = "entente-address";

        public Address() {
            super(ID, "Professional address, then password or passkey", AddressForm::new);
        }

        @Override
        public String getReferenceCategory() {
            return PasswordCredentialModel.TYPE;
        }
    }

    /** See {@link SecondFactorSetup}. */
    public static final class Setup extends Step {
        static final String ID = "entente-second-factor-setup";

        public Setup() {
            super(ID, "Chooses a second factor where one is needed", session -> new SecondFactorSetup());
        }
    }

    /** See {@link CapacityStep}. */
    public static final class InCapacity extends Step {
        static final String ID = "entente-capacity";

        public InCapacity() {
            super(ID, "In which capacity the person uses this app", session -> new CapacityStep());
        }
    }

    /** See {@link ForgottenAddress}. */
    public static final class Forgotten extends Step {
        static final String ID = "entente-forgotten-address";

        public Forgotten() {
            super(ID, "Whose password was forgotten", session -> new ForgottenAddress());
        }
    }

    /** See {@link SourceLink}. */
    public static final class Link extends Step {
        static final String ID = "entente-source-link";

        public Link() {
            super(ID, "Whose an account of a member's source is", session -> new SourceLink());
        }
    }

    /** See {@link SourceGuard}. */
    public static final class Guard extends Step {
        static final String ID = "entente-source-guard";

        public Guard() {
            super(ID, "Whether a member's source may still speak for the person", session -> new SourceGuard());
        }
    }

    /** See {@link AsksSecondFactor}. */
    public static final class SecondFactor extends Step implements ConditionalAuthenticatorFactory {
        static final String ID = "entente-asks-second-factor";
        private static final AsksSecondFactor ONE = new AsksSecondFactor();

        public SecondFactor() {
            super(ID, "Whether a second factor is asked for", session -> ONE);
        }

        @Override
        public ConditionalAuthenticator getSingleton() {
            return ONE;
        }

        @Override
        public Authenticator create(KeycloakSession session) {
            return ONE;
        }

        @Override
        public String getReferenceCategory() {
            return ConditionalAuthenticatorFactory.REFERENCE_CATEGORY;
        }
    }

    /** See {@link RaisesAssurance}. */
    public static final class Raise extends Step implements ConditionalAuthenticatorFactory {
        static final String ID = "entente-raises-assurance";
        private static final RaisesAssurance ONE = new RaisesAssurance();

        public Raise() {
            super(ID, "Whether the application asks for a second factor that was not given yet", session -> ONE);
        }

        @Override
        public ConditionalAuthenticator getSingleton() {
            return ONE;
        }

        @Override
        public Authenticator create(KeycloakSession session) {
            return ONE;
        }

        @Override
        public String getReferenceCategory() {
            return ConditionalAuthenticatorFactory.REFERENCE_CATEGORY;
        }
    }

    /** See {@link AssuranceStep}. */
    public static final class Assured extends Step {
        static final String ID = "entente-assurance";

        public Assured() {
            super(ID, "As sure as the application asks", session -> new AssuranceStep());
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return make.apply(session);
    }

    @Override
    public String getDisplayType() {
        return "Entente: " + help;
    }

    @Override
    public String getHelpText() {
        return help;
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs nothing of others.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
