package org.entente.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.entente.base.Network;
import org.entente.base.Refusal;
import org.entente.files.FileUploads.Upload;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Files of any size in parts, from whoever has a link to put some. Each counts against what the link may receive from when it is announced until it is given up or
 * forgotten; whether the link is still in force is asked at every step, by who calls.
 */
@Component
class LinkParts {

    /** How many one link may have on their way. */
    private static final int AT_ONCE = 50;

    /** Of one link, parts that come in at a time on this node: who has one keeps no visitor of another out. */
    private static final int PARTS_AT_ONCE = 3;

    /** And from one address: a visitor keeps no other out. */
    private static final int FROM_ONE_PLACE = 2;

    /** A part that comes in. */
    private record Coming(UUID link, UUID upload, String place) {}

    /** Apart from those of members, whom slow strangers do not keep out. */
    private final Semaphore buffers = new Semaphore(12, true);

    private final List<Coming> coming = new ArrayList<>();

    private final UploadRows rows;
    private final FileUploads uploads;
    private final LinkRoom room;
    private final LinkVisits links;
    private final TransactionTemplate transaction;

    LinkParts(UploadRows rows, FileUploads uploads, LinkRoom room, LinkVisits links, TransactionTemplate transaction) {
        this.rows = rows;
        this.uploads = uploads;
        this.room = room;
        this.links = links;
        this.transaction = transaction;
    }

    /** @throws Refusal TOO_LARGE {@code file.link.full}, {@code file.quota}; TOO_MANY {@code file.uploads}; INVALID {@code file.name…} */
    Upload begin(LinkVisits.Opened opened, String sent, @Nullable String mediaType, long size) {
        // Some browsers send a path.
        String name = Names.checked(sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1));
        UUID link = opened.link().id();
        if (rows.by(link) >= AT_ONCE) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.uploads", AT_ONCE);
        }
        FileNode folder = opened.node();
        var member = uploads.demandRoom(opened.maker(), folder, size);
        FileUploads.Asked asked = new FileUploads.Asked(folder.id(), name, mediaType, null, size);
        UUID id = Objects.requireNonNull(transaction.execute(status -> {
            if (!room.take(link, size)) {
                throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.link.full");
            }
            return rows.addByLink(link, opened.maker(), folder, member, asked);
        }));
        return find(opened, id);
    }

    /** @throws Refusal NOT_FOUND {@code file.upload-unknown} when it came by another link, was given up, or is too old */
    Upload find(LinkVisits.Opened opened, UUID id) {
        return rows.findByLink(opened.link().id(), id).orElseThrow(() -> Refusal.notFound("file.upload-unknown"));
    }

    /** As {@link FileUploads#append}. */
    Upload append(LinkVisits.Opened opened, UUID id, long offset, InputStream body, String address) {
        Upload upload = find(opened, id);
        Coming one = new Coming(opened.link().id(), id, Network.of(address));
        synchronized (coming) {
            if (!takes(one)) {
                throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy");
            }
            coming.add(one);
        }
        try {
            uploads.append(upload, offset, body, buffers);
        } finally {
            synchronized (coming) {
                coming.remove(one);
            }
        }
        return find(opened, id);
    }

    /** Of one upload a part comes after the other: what came twice would be kept twice. */
    private boolean takes(Coming one) {
        List<Coming> same =
                coming.stream().filter(other -> other.link().equals(one.link())).toList();
        return same.size() < PARTS_AT_ONCE
                && same.stream().noneMatch(other -> other.upload().equals(one.upload()))
                && same.stream()
                                .filter(other -> other.place().equals(one.place()))
                                .count()
                        < FROM_ONE_PLACE;
    }

    /** Makes the file, always as a new one: what is there is neither seen nor replaced. Asked again once it is done, it does nothing. */
    void finish(LinkVisits.Opened opened, UUID id, @Nullable String address) throws IOException {
        Upload upload = find(opened, id);
        if (upload.node() != null) {
            return;
        }
        if (!rows.claim(id)) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "file.busy");
        }
        boolean there = false;
        try {
            FileNode made = uploads.make(opened.maker(), upload, OnConflict.BOTH, true);
            there = true;
            links.tell(opened, "file-link.put", made, address);
        } catch (Refusal refusal) {
            // With nothing of what is there, which is not a stranger's to know.
            throw refusal.code().equals("file.exists") ? Refusal.conflict("file.exists", upload.name()) : refusal;
        } finally {
            if (!there) {
                rows.unclaim(id);
            }
        }
    }

    /** Gives it up: the link may receive another file at once, and as much again when what came of this one is forgotten. */
    void end(LinkVisits.Opened opened, UUID id) {
        find(opened, id);
        uploads.giveUp(id);
    }
}
