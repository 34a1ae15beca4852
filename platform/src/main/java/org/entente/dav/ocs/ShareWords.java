package org.entente.dav.ocs;

import static org.entente.dav.ocs.Ocs.map;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.FileLinks;
import org.entente.files.FileNode;
import org.entente.files.FileSharing;
import org.entente.files.Grantee;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells shares and links of the room files in the words that Nextcloud's clients know. */
@Component
class ShareWords {

    private final Places places;
    private final Clock clock;

    ShareWords(Places places, Clock clock) {
        this.places = places;
        this.clock = clock;
    }

    /** Empty where the visitor's tree does not lead to what is shared. */
    Optional<Object> of(OcsCall call, FileNode node, FileSharing.Access access) {
        String giver = Objects.toString(access.giver(), "");
        Grantee to = access.to();
        boolean person = to.kind() == Grantee.Kind.CAPACITY;
        return places.of(call.visitor(), node).map(path -> {
            Map<String, @Nullable Object> share =
                    about(call, node, path, access.number(), giver, access.by(), access.madeAt());
            share.put("share_type", person ? Sharees.USER : Sharees.GROUP);
            share.put("permissions", Permission.of(access.role(), node.folder()));
            share.put("expiration", day(access.until()));
            share.put("share_with", to.kind() == Grantee.Kind.EVERYONE ? "everyone" : String.valueOf(to.id()));
            share.put("share_with_displayname", access.name());
            share.put("share_with_displayname_unique", access.detail());
            return share;
        });
    }

    /** @param url the link's address, told only when it was made: no fingerprint gives it back */
    Optional<Object> of(OcsCall call, FileNode node, FileLinks.Link link, String url) {
        return places.of(call.visitor(), node).map(path -> {
            Map<String, @Nullable Object> share =
                    about(call, node, path, link.number(), link.maker().toString(), link.by(), link.madeAt());
            share.put("share_type", Sharees.LINK);
            share.put("permissions", link.upload() ? Permission.CREATE : Permission.READ);
            share.put("expiration", day(link.until()));
            // Clients take any text here for "has a password".
            share.put("share_with", link.password() ? "***" : null);
            share.put("share_with_displayname", link.password() ? "***" : "");
            share.put("password", link.password() ? "***" : null);
            share.put("token", url.substring(url.lastIndexOf('/') + 1));
            share.put("url", url);
            share.put("send_password_by_talk", false);
            return share;
        });
    }

    private static Map<String, @Nullable Object> about(
            OcsCall call,
            FileNode node,
            String path,
            long number,
            String giver,
            @Nullable String giverName,
            Instant madeAt) {
        boolean mine = giver.equals(call.visitor().capacity().toString());
        boolean manages = node.role().allows(org.entente.files.SpaceRole.MANAGE);
        return map(
                "id",
                String.valueOf(number),
                "uid_owner",
                giver,
                "displayname_owner",
                Objects.requireNonNullElse(giverName, ""),
                "uid_file_owner",
                giver,
                "displayname_file_owner",
                Objects.requireNonNullElse(giverName, ""),
                "can_edit",
                manages,
                "can_delete",
                manages,
                "stime",
                madeAt.getEpochSecond(),
                "parent",
                null,
                "token",
                null,
                "note",
                "",
                "label",
                "",
                "path",
                path,
                "item_type",
                node.folder() ? "folder" : "file",
                "item_permissions",
                Permission.of(node.role(), node.folder()),
                "mimetype",
                node.folder()
                        ? "httpd/unix-directory"
                        : Objects.requireNonNullElse(node.mediaType(), "application/octet-stream"),
                "has_preview",
                false,
                "storage_id",
                (mine ? "home::" : "shared::") + node.space(),
                "storage",
                1,
                "item_source",
                node.id().number(),
                "file_source",
                node.id().number(),
                "file_parent",
                node.parent() == null ? 0 : node.parent().number(),
                "file_target",
                path,
                "item_size",
                node.size(),
                "item_mtime",
                node.modifiedAt().getEpochSecond(),
                "mail_send",
                0,
                "hide_download",
                0,
                "attributes",
                null);
    }

    private @Nullable String day(@Nullable Instant until) {
        return until == null ? null : LocalDate.ofInstant(until, clock.getZone()) + " 00:00:00";
    }

    /** Until the end of that day; null for no end. */
    @Nullable
    Instant until(String asked) {
        if (asked.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(asked.substring(0, Math.min(10, asked.length())))
                    .atTime(LocalTime.of(23, 59, 59))
                    .atZone(clock.getZone())
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.invalidField("expireDate", "ocs.date");
        }
    }
}
