package org.entente.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.base.Reach;
import org.entente.base.Refusal;
import org.entente.directory.PersonId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what would become of a descriptor that is typed on the screen. */
@Component
class DescriptorCheck {

    private final WrittenStore store;
    private final Catalog catalog;
    private final Reach reach;

    DescriptorCheck(WrittenStore store, Catalog catalog, Reach reach) {
        this.store = store;
        this.catalog = catalog;
        this.reach = reach;
    }

    /** @param secrets the references of the text to kept secrets that have to be typed: there are none yet, or they would go elsewhere */
    record Checked(@Nullable Descriptor descriptor, List<DescriptorProblem> problems, Set<String> secrets) {
        @Nullable
        Service service() {
            return descriptor == null ? null : descriptor.service();
        }
    }

    /** What would become of this text if this person saved it now. */
    Checked check(String yaml, PersonId who) {
        DescriptorReader.Reading reading = DescriptorReader.read("", yaml);
        Descriptor descriptor = reading.descriptor();
        if (descriptor == null) {
            return new Checked(null, reading.problems(), Set.of());
        }
        List<DescriptorProblem> problems = new ArrayList<>();
        Set<String> names = references(descriptor);
        names.stream()
                .filter(name -> !name.startsWith(Secrets.KEPT))
                .forEach(name -> problems.add(DescriptorProblem.of("", 1, "secret.of-machine", name)));
        Set<String> kept = store.secrets().stream().map(WrittenStore.Kept::name).collect(Collectors.toSet());
        Set<String> missing = names.stream()
                .filter(name -> name.startsWith(Secrets.KEPT) && !kept.contains(name))
                .collect(Collectors.toSet());
        missing.forEach(name -> problems.add(DescriptorProblem.of("", 1, "secret.not-kept", name)));
        Set<String> toType = new TreeSet<>(missing);
        elsewhere(descriptor, store.secrets(), who).forEach(use -> {
            if (toType.add(use.secret())) {
                problems.add(DescriptorProblem.of("", 1, "secret.elsewhere", use.secret(), use.place()));
            }
        });
        if (descriptor.service().signIn() instanceof SignIn.Gateway) {
            // It reaches whatever the machine reaches: whoever runs the machine says where to.
            problems.add(DescriptorProblem.of("", 1, "gateway.of-machine"));
        }
        otherOfTheSameClient(descriptor.service())
                .ifPresent(other -> problems.add(DescriptorProblem.of(
                        "",
                        1,
                        "client.twice",
                        String.valueOf(descriptor.service().signIn().client()),
                        other)));
        overlapping(descriptor.service())
                .ifPresent(other -> problems.add(DescriptorProblem.of("", 1, "cas.overlap", other)));
        outOfReach(descriptor).ifPresent(url -> problems.add(DescriptorProblem.of("", 1, "connector.reach", url)));
        return new Checked(descriptor, problems, toType);
    }

    /** What the description would send where no description sends it now, though this person has not just typed it. */
    Set<SecretUses.Use> elsewhere(Descriptor descriptor, Collection<WrittenStore.Kept> kept, PersonId who) {
        Set<SecretUses.Use> uses = new LinkedHashSet<>(SecretUses.of(descriptor));
        if (!uses.isEmpty()) {
            uses.removeAll(SecretUses.of(store.all().values()));
        }
        Set<String> theirs = kept.stream()
                .filter(one -> one.fresh() && who.value().equals(one.by()))
                .map(WrittenStore.Kept::name)
                .collect(Collectors.toSet());
        uses.removeIf(use -> theirs.contains(use.secret()));
        return uses;
    }

    private Optional<String> otherOfTheSameClient(Service service) {
        String client = service.signIn().client();
        return catalog.services().stream()
                .filter(other -> client != null
                        && client.equals(other.signIn().client())
                        && !other.id().equals(service.id()))
                .map(Service::id)
                .findFirst();
    }

    private Optional<String> overlapping(Service service) {
        return catalog.services().stream()
                .filter(other -> !other.id().equals(service.id())
                        && service.signIn() instanceof SignIn.Cas mine
                        && other.signIn() instanceof SignIn.Cas theirs
                        && mine.overlaps(theirs))
                .map(Service::id)
                .findFirst();
    }

    /** The platform sends people's data to the addresses of a connector, Keycloak the end of sessions: what is typed on a screen leads to public ones only, or where the operator allows. */
    private Optional<String> outOfReach(Descriptor descriptor) {
        Stream<String> ofSignIn = switch (descriptor.service().signIn()) {
            case SignIn.Oidc oidc ->
                Stream.ofNullable(oidc.logout()).map(SignIn.Logout::backChannel).filter(Objects::nonNull);
            case SignIn.Saml saml -> Stream.ofNullable(saml.singleLogoutSoap());
            default -> Stream.of();
        };
        return Stream.concat(ofSignIn, descriptor.settings().values().stream())
                .filter(value -> value.matches("(?i)[a-z][a-z0-9+.-]*://.*"))
                .filter(value -> !mayReach(value))
                .findFirst();
    }

    private boolean mayReach(String url) {
        try {
            String host = new URI(url).getHost();
            if (host == null) {
                return false;
            }
            reach.of(host);
            return true;
        } catch (URISyntaxException | Refusal e) {
            return false;
        }
    }

    static Set<String> references(Descriptor descriptor) {
        Stream<String> ofSignIn = descriptor.service().signIn() instanceof SignIn.Oidc oidc
                ? Stream.ofNullable(oidc.secret())
                : Stream.of();
        return Stream.concat(ofSignIn, descriptor.settings().values().stream())
                .flatMap(text -> Secrets.referredTo(text).stream())
                .collect(Collectors.toSet());
    }
}
