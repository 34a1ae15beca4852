package org.entente.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.base.Sealed;
import org.entente.directory.MemberId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The members' keys, made at first use and sealed by the platform's secret. Known for some minutes, so that one that is dropped is soon forgotten everywhere. */
@Component
class KeyRing {

    private static final String PURPOSE = "storage key";

    private static final Duration KNOWN = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Sealed sealed;
    private final SecureRandom random = new SecureRandom();
    private final Cache<UUID, ContentKey> byId =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(KNOWN).build();
    private final Cache<MemberId, ContentKey> current =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(KNOWN).build();

    KeyRing(JdbcClient jdbc, Sealed sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    /** With what is kept now. */
    ContentKey of(MemberId member) {
        ContentKey known = current.getIfPresent(member);
        if (known == null) {
            known = find(member).orElseGet(() -> {
                make(member);
                // Ours, or that of whoever was faster.
                return find(member).orElseThrow(() -> Refusal.conflict("storage.forgotten"));
            });
            current.put(member, known);
        }
        return known;
    }

    /** Empty once it was dropped. */
    Optional<ContentKey> byId(UUID id, MemberId member) {
        ContentKey known = byId.getIfPresent(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ContentKey> found = jdbc.sql(
                        "SELECT sealed FROM storage.member_key WHERE id = :id AND member = :member AND sealed IS NOT"
                                + " NULL")
                .param("id", id)
                .param("member", member.value())
                .query(byte[].class)
                .optional()
                .map(closed -> key(id, member, closed));
        found.ifPresent(key -> byId.put(id, key));
        return found;
    }

    /** All that were not dropped. */
    List<ContentKey> all(Collection<MemberId> members) {
        record Owned(UUID id, UUID member) {}
        return jdbc
                .sql("""
                SELECT k.id, k.member FROM unnest(:members::uuid[]) AS m JOIN storage.member_key k ON k.member = m
                WHERE k.sealed IS NOT NULL ORDER BY k.id""")
                .param("members", members.stream().map(MemberId::value).toArray(UUID[]::new))
                .query(Owned.class)
                .list()
                .stream()
                .flatMap(key -> byId(key.id(), new MemberId(key.member())).stream())
                .toList();
    }

    /**
     * What is kept from now on is kept with keys made anew; on other nodes some minutes later.
     *
     * @return of how many members
     */
    int renew() {
        int members = jdbc.sql("UPDATE storage.member_key SET current = false WHERE current")
                .update();
        current.invalidateAll();
        return members;
    }

    /** Drops all keys of the member. It never gets one again, so that nobody takes what is unreadable for kept. */
    void drop(MemberId member) {
        of(member); // that there is a row to remember it by
        jdbc.sql("UPDATE storage.member_key SET sealed = NULL, current = false WHERE member = :member")
                .param("member", member.value())
                .update();
        current.invalidateAll();
        byId.invalidateAll();
    }

    private Optional<ContentKey> find(MemberId member) {
        return jdbc.sql("SELECT id, sealed FROM storage.member_key WHERE member = :member AND current")
                .param("member", member.value())
                .query((row, n) -> key(row.getObject(1, UUID.class), member, row.getBytes(2)))
                .optional();
    }

    private void make(MemberId member) {
        byte[] material = new byte[32];
        random.nextBytes(material);
        jdbc.sql("""
                INSERT INTO storage.member_key (member, sealed) SELECT :member, :sealed
                WHERE NOT EXISTS (SELECT FROM storage.member_key WHERE member = :member AND sealed IS NULL)
                ON CONFLICT (member) WHERE current DO NOTHING""")
                .param("member", member.value())
                .param("sealed", sealed.seal(PURPOSE, Base64.getEncoder().encodeToString(material)))
                .update();
    }

    private ContentKey key(UUID id, MemberId member, byte[] closed) {
        return new ContentKey(id, member, Base64.getDecoder().decode(sealed.open(PURPOSE, closed)));
    }
}
