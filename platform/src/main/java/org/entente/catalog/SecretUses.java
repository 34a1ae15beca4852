package org.entente.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where descriptions send the secrets that are kept. Whoever may edit a description could otherwise have a secret that somebody else typed sent to a server
 * of their own, without ever having seen it.
 */
final class SecretUses {

    /** Told to by Keycloak; no connector sends a secret there. */
    private static final String LOGOUT = "backChannelLogout";

    private SecretUses() {}

    /** One secret at one place: a client of the sign-in, or a connector's address, whole. */
    record Use(String secret, String place) {}

    static Set<Use> of(Descriptor descriptor) {
        Set<Use> uses = new LinkedHashSet<>();
        if (descriptor.service().signIn() instanceof SignIn.Oidc oidc) {
            kept(oidc.secret()).ifPresent(name -> uses.add(new Use(name, "OpenID Connect " + oidc.clientId())));
        }
        Map<String, String> settings = new LinkedHashMap<>(descriptor.settings());
        settings.remove(LOGOUT);
        Set<String> places = settings.values().stream()
                .filter(value -> value.contains("://"))
                .map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String connector = String.valueOf(descriptor.service().connector());
        String place =
                connector + " " + (places.isEmpty() ? descriptor.service().id() : String.join(" ", places));
        settings.values().stream()
                .flatMap(value -> kept(value).stream())
                .forEach(name -> uses.add(new Use(name, place)));
        return uses;
    }

    /** Of all texts that are understood. */
    static Set<Use> of(Collection<String> yamls) {
        return yamls.stream()
                .flatMap(yaml ->
                        Stream.ofNullable(DescriptorReader.read("", yaml).descriptor()))
                .flatMap(descriptor -> of(descriptor).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<String> kept(@org.jspecify.annotations.Nullable String text) {
        return Secrets.referredTo(text).filter(name -> name.startsWith(Secrets.KEPT));
    }
}
