package org.entente.provisioning.nextcloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.provisioning.spi.DesiredAccount;
import org.entente.provisioning.spi.DesiredAccount.CapacityCard;
import tools.jackson.databind.JsonNode;

/**
 * What Entente keeps of an account in Nextcloud.
 *
 * @param email empty when there is none
 * @param groups those of ours it is in: id → label
 */
record NextcloudUser(String displayName, String email, SortedMap<String, String> groups) {

    /** Groups are ours by their beginning; all others are left alone. */
    private static final String OURS = "entente-";

    /** What Nextcloud's own table of users takes. */
    private static final int LONGEST_NAME = 64;

    /** The id in Nextcloud: the capacity, which is what the application is told at sign-in as well. */
    static String id(DesiredAccount account) {
        return account.capacity().id().toString();
    }

    static NextcloudUser wanted(DesiredAccount account) {
        CapacityCard capacity = account.capacity();
        String name = account.person().givenName() + " " + account.person().usualName();
        String whole = name + " (" + capacity.memberName() + ")";
        String shown =
                whole.length() <= LONGEST_NAME ? whole : name.substring(0, Math.min(LONGEST_NAME, name.length()));
        return new NextcloudUser(shown.strip(), plain(capacity.address()), groups(account));
    }

    private static SortedMap<String, String> groups(DesiredAccount account) {
        CapacityCard capacity = account.capacity();
        String siren = capacity.siren();
        String member = OURS + (siren == null ? capacity.member().toString() : siren);
        SortedMap<String, String> groups = new TreeMap<>();
        groups.put(member, capacity.memberName());
        String unit = capacity.unit();
        if (unit != null) {
            // Nextcloud takes 64 characters: the unit goes into the id by its hash.
            groups.put(member + "-" + hash(unit), capacity.memberName() + " · " + unit);
        }
        account.roles().forEach(role -> groups.put(OURS + "role-" + role, "Entente · " + role));
        return groups;
    }

    static NextcloudUser actual(JsonNode user) {
        SortedMap<String, String> groups = new TreeMap<>();
        user.path("groups").forEach(group -> {
            if (group.asString("").startsWith(OURS)) {
                groups.put(group.asString(), "");
            }
        });
        return new NextcloudUser(
                user.path("displayname").asString(""), plain(user.path("email").asString("")), groups);
    }

    /** Older versions write it as a text. */
    static boolean enabled(JsonNode user) {
        return Set.of("true", "1").contains(user.path("enabled").asString("false"));
    }

    String fingerprint() {
        return displayName + "\n" + email + "\n" + String.join(",", groups.keySet());
    }

    /** Our groups that the other is not in. */
    Map<String, String> groupsBeyond(NextcloudUser other) {
        return new TreeSet<>(groups.keySet())
                .stream()
                        .filter(id -> !other.groups.containsKey(id))
                        .collect(Collectors.toMap(id -> id, groups::get, (a, b) -> a, TreeMap::new));
    }

    private static String plain(@org.jspecify.annotations.Nullable String address) {
        return address == null ? "" : address.strip().toLowerCase(Locale.ROOT);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
