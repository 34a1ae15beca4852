package org.entente.portal;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.audit.Author;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.directory.AffiliationKind;
import org.entente.directory.Affiliations;
import org.entente.directory.MemberId;
import org.entente.directory.Members;
import org.entente.directory.NewAffiliation;
import org.entente.directory.NewPerson;
import org.entente.directory.People;
import org.entente.directory.PersonId;
import org.entente.directory.Post;
import org.entente.directory.Role;
import org.entente.directory.Roles;
import org.entente.identity.SignInAccounts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code admin-new address=… [given=… usual=…]}: makes somebody an administrator of the territory and prints their first sign-in link. It
 * is how the first one comes in, and how the operator comes back in when none can sign in any more.
 */
@Component
class AdminNewCommand implements ConsoleCommand {

    private static final Author CONSOLE = Author.system("console");
    private static final Duration LIFESPAN = Duration.ofDays(1);

    /** The account follows its affiliation by itself, a moment later. */
    private static final RetryPolicy UNTIL_THE_ACCOUNT_IS_THERE = RetryPolicy.builder()
            .includes(Refusal.class)
            .delay(Duration.ofSeconds(1))
            .maxRetries(90)
            .build();

    private final Members members;
    private final People people;
    private final Affiliations affiliations;
    private final Roles roles;
    private final ObjectProvider<SignInAccounts> accounts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final MessageSource messages;

    AdminNewCommand(
            Members members,
            People people,
            Affiliations affiliations,
            Roles roles,
            ObjectProvider<SignInAccounts> accounts,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            MessageSource messages) {
        this.members = members;
        this.people = people;
        this.affiliations = affiliations;
        this.roles = roles;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.messages = messages;
    }

    private record Held(AffiliationId id, PersonId person, MemberId member) {}

    @Override
    public String name() {
        return "admin-new";
    }

    @Override
    public boolean run(Map<String, String> args, PrintWriter out) {
        try {
            String address = args.getOrDefault("address", "").strip().toLowerCase(Locale.ROOT);
            PersonId person = transaction.execute(status -> admin(address, args));
            out.println(word("admin.made", address));
            SignInAccounts door = accounts.getIfAvailable();
            if (door == null) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "keycloak.down");
            }
            out.println(word("admin.waiting"));
            SignInAccounts.Link link = link(door, person);
            out.println(word("admin.link", Date.from(link.expiresAt())));
            out.println(link.url());
            return true;
        } catch (Refusal refusal) {
            out.println(word("refusal." + refusal.code(), refusal.args().toArray()));
            return false;
        }
    }

    private PersonId admin(String address, Map<String, String> args) {
        MemberId operator = members.operator()
                .orElseThrow(() -> Refusal.invalid("admin.no_operator"))
                .id();
        Optional<Held> held = jdbc.sql("""
                        SELECT id, person, member FROM directory.v_affiliation WHERE address = ? AND phase <> 'ended'
                        ORDER BY member <> ?, phase LIMIT 1""")
                .params(address, operator.value())
                .query((row, n) -> new Held(
                        new AffiliationId(row.getObject("id", UUID.class)),
                        new PersonId(row.getObject("person", UUID.class)),
                        new MemberId(row.getObject("member", UUID.class))))
                .optional();
        if (held.isPresent() && !held.get().member().equals(operator)) {
            throw Refusal.invalid("admin.elsewhere", address);
        }
        Held post = held.orElseGet(() -> newPost(operator, address, args));
        Set<Role> now = new HashSet<>(roles.of(post.id()));
        if (now.add(Role.OPERATOR_ADMIN)) {
            roles.grant(post.id(), now, CONSOLE);
        }
        return post.person();
    }

    private Held newPost(MemberId operator, String address, Map<String, String> args) {
        if (!args.containsKey("given") || !args.containsKey("usual")) {
            throw Refusal.invalid("admin.name");
        }
        Post post = new Post(word("admin.function"), null, address, null, null, clock.instant(), null, null, List.of());
        // Whoever holds this console runs the territory: what they say of the operator's own domain needs no further
        // proof.
        String domain = address.substring(address.indexOf('@') + 1);
        if (address.contains("@") && members.ownerOf(domain).isEmpty()) {
            members.addDomain(operator, domain, true, CONSOLE);
        }
        PersonId person = people.add(
                new NewPerson(args.getOrDefault("given", ""), args.getOrDefault("usual", ""), null, null),
                operator,
                CONSOLE);
        AffiliationId id = affiliations.start(
                new NewAffiliation(person, operator, AffiliationKind.AGENT, post, "manual"), CONSOLE);
        return new Held(id, person, operator);
    }

    private SignInAccounts.Link link(SignInAccounts door, PersonId person) {
        try {
            return new RetryTemplate(UNTIL_THE_ACCOUNT_IS_THERE).execute(() -> door.firstSignInLink(person, LIFESPAN));
        } catch (RetryException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e);
        }
    }

    private String word(String key, Object... args) {
        return String.valueOf(messages.getMessage(key, args, key, Locale.FRENCH));
    }
}
