package org.entente.dav.ocs;

import static org.entente.dav.ocs.Ocs.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.FileSpace;
import org.entente.files.Files;
import org.entente.identity.AppPasswords;
import org.entente.identity.BasicCredentials;
import org.entente.identity.Door;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who the client is, how much room there is, and the end of its app password when its person signs it out. */
@Component
class OcsAccount implements OcsEndpoint {

    /** In Nextcloud's words: no limit. */
    private static final long UNLIMITED = -3;

    private final Files files;
    private final AppPasswords passwords;

    OcsAccount(Files files, AppPasswords passwords) {
        this.files = files;
        this.passwords = passwords;
    }

    @Override
    public Optional<Object> answer(OcsCall call) {
        if (call.is("GET", "core", "navigation", "apps")) {
            return Optional.of(List.of());
        }
        if (call.is("GET", "cloud", "user")
                || call.is("GET", "cloud", "users", call.visitor().capacity().toString())) {
            return Optional.of(user(call));
        }
        if (call.is("DELETE", "core", "apppassword")) {
            BasicCredentials given = BasicCredentials.of(call.authorization()).orElseThrow(OcsAccount::noPassword);
            passwords.revoke(given.name(), given.password(), call.visitor().address(), Door.FILES);
            return Optional.of(List.of());
        }
        if (call.is("GET", "core", "getapppassword")) {
            throw noPassword(); // who is here came by one already
        }
        return Optional.empty();
    }

    private Map<String, @Nullable Object> user(OcsCall call) {
        return map(
                "id",
                call.visitor().capacity().toString(),
                "enabled",
                true,
                "display-name",
                call.visitor().name(),
                "displayname",
                call.visitor().name(),
                "email",
                call.address(),
                "quota",
                quota(call),
                "groups",
                List.of(),
                "language",
                call.locale().getLanguage(),
                "locale",
                call.locale().getLanguage());
    }

    /** Of what is the visitor's own: other spaces have room of theirs. */
    private Map<String, @Nullable Object> quota(OcsCall call) {
        return files.spaces(call.visitor()).stream()
                .filter(space -> space.kind() == FileSpace.Kind.MINE)
                .findFirst()
                .map(OcsAccount::quota)
                .orElseGet(() -> map("free", 0, "used", 0, "total", 0, "relative", 0, "quota", 0));
    }

    private static Map<String, @Nullable Object> quota(FileSpace mine) {
        Long quota = mine.quota();
        if (quota == null) {
            return map("free", UNLIMITED, "used", mine.used(), "total", UNLIMITED, "relative", 0, "quota", UNLIMITED);
        }
        return map(
                "free",
                Math.max(0, quota - mine.used()),
                "used",
                mine.used(),
                "total",
                quota,
                "relative",
                quota == 0 ? 100 : Math.round(mine.used() * 10_000.0 / quota) / 100.0,
                "quota",
                quota);
    }

    private static Refusal noPassword() {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "ocs.app-password");
    }
}
