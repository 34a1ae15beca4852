package org.entente.office;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.files.FileNode;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Opening a document to write in it with others, giving it its first state, and saving it. What is written goes through {@link LiveController}. */
@RestController
@Needs(Right.PERSON)
class OfficeController {

    /** As many entries a browser that comes reads one by one before they are made one. */
    private static final int LONG_DRAFT = 200;

    /**
     * @param sitting null where nobody writes and this person may only read: the file itself is to be shown
     * @param seeded whether it has a first state
     * @param unsaved whether something is in it that the file does not hold
     * @param manages whether this person may give up what is unsaved
     * @param changed the content that the file was given elsewhere; null when it was not
     */
    record Opened(
            @Nullable UUID sitting,
            String name,
            boolean writes,
            boolean manages,
            boolean seeded,
            boolean unsaved,
            @Nullable String changed,
            long largest,
            long largestMessage,
            long saveEverySeconds,
            String me,
            String color) {}

    record Which(@Nullable UUID sitting, @Nullable Boolean asked) {}

    record Seeding(UUID lease) {}

    /** @param lengthy whether a state in place of what is saved is wanted */
    record Saved(boolean lengthy) {}

    private final Together together;
    private final SittingBook sittings;
    private final Draft draft;
    private final Saving saving;
    private final LiveRooms rooms;
    private final OfficeSettings settings;
    private final StateBodies bodies;
    private final Discarding discarding;

    OfficeController(
            Together together,
            SittingBook sittings,
            Draft draft,
            Saving saving,
            LiveRooms rooms,
            OfficeSettings settings,
            StateBodies bodies,
            Discarding discarding) {
        this.together = together;
        this.sittings = sittings;
        this.draft = draft;
        this.saving = saving;
        this.rooms = rooms;
        this.settings = settings;
        this.bodies = bodies;
        this.discarding = discarding;
    }

    @PostMapping("/api/office/{node}/sitting")
    Opened open(Actor actor, @PathVariable NodeId node) {
        FileNode file = together.document(actor, node);
        String content = String.valueOf(file.sha256());
        boolean writes = Together.writes(file);
        Sitting sitting = sittings.find(node)
                .filter(found -> found.base().equals(content) || sittings.written(found.id(), content, null))
                .orElseGet(() -> writes
                        ? sittings.open(node, content)
                        : sittings.find(node).orElse(null));
        Sitting now = sitting == null ? null : sittings.find(sitting.id()).orElse(null);
        return new Opened(
                now == null ? null : now.id(),
                file.name(),
                writes,
                file.role().allows(SpaceRole.MANAGE),
                now != null && now.seeded(),
                now != null && now.unsaved(),
                now == null || now.base().equals(content) ? null : content,
                settings.largestFile().toBytes(),
                settings.largestMessage().toBytes(),
                settings.saveEvery().toSeconds(),
                actor.name(),
                Presence.color(Visitor.of(actor)));
    }

    /** What is unsaved in it is given up, for good. */
    @DeleteMapping("/api/office/{node}/sitting/{sitting}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(Actor actor, @PathVariable NodeId node, @PathVariable UUID sitting) {
        discarding.discard(actor, node, sitting);
        rooms.look(sitting);
    }

    /** To make the first state of the file, alone. */
    @PostMapping("/api/office/{node}/seeding")
    Seeding seeding(Actor actor, @PathVariable NodeId node, @RequestBody Which which) {
        together.writable(actor, node);
        return new Seeding(sittings.leaseToSeed(of(node, which.sitting()).id()));
    }

    @DeleteMapping("/api/office/{node}/seeding/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUpSeeding(Actor actor, @PathVariable NodeId node, @PathVariable UUID lease, @RequestParam UUID sitting) {
        together.writable(actor, node);
        sittings.giveUpSeeding(of(node, sitting).id(), lease);
    }

    /** The first state; the body is a Yjs update. */
    @PutMapping("/api/office/{node}/seed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seed(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam UUID sitting,
            @RequestParam UUID lease,
            HttpServletRequest request) {
        FileNode file = together.writable(actor, node);
        Sitting found = of(node, sitting);
        if (!sittings.seeds(found.id(), lease)) {
            throw Refusal.conflict("office.seeding");
        }
        body(request, update -> {
            YUpdate read = whole(update);
            if (read.clocks().isEmpty() || !read.whole()) {
                throw Refusal.invalid("office.broken");
            }
            if (!found.base().equals(file.sha256())) {
                sittings.end(found.id(), found.seq());
                throw Refusal.conflict("office.changed");
            }
            draft.seed(found.id(), lease, actor.capacity(), update);
        });
        rooms.look(found.id());
    }

    /** To save, alone: at once when somebody asks for it, else not too often. */
    @PostMapping("/api/office/{node}/saving")
    SittingBook.Lease saving(Actor actor, @PathVariable NodeId node, @RequestBody Which which) {
        together.writable(actor, node);
        boolean asked = Boolean.TRUE.equals(which.asked());
        return sittings.leaseToSave(
                of(node, which.sitting()).id(), actor.person(), asked ? null : settings.saveEvery());
    }

    @DeleteMapping("/api/office/{node}/saving/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUpSaving(Actor actor, @PathVariable NodeId node, @PathVariable UUID lease, @RequestParam UUID sitting) {
        together.writable(actor, node);
        sittings.giveUpUnwritten(of(node, sitting).id(), lease);
    }

    /** The body is the document. */
    @PutMapping("/api/office/{node}/save")
    Saved save(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam UUID sitting,
            @RequestParam UUID lease,
            @RequestParam long covers,
            @RequestParam(required = false) @Nullable String over,
            HttpServletRequest request) {
        together.writable(actor, node);
        of(node, sitting);
        try {
            saving.save(actor, node, new Saving.Save(sitting, lease, covers, over), request.getInputStream());
        } catch (IOException broken) {
            throw Refusal.invalid("file.broken");
        }
        return new Saved(draft.length(sitting) > LONG_DRAFT);
    }

    /** One state in place of what the file holds; the body is a Yjs update. */
    @PutMapping("/api/office/{node}/state")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void state(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam UUID sitting,
            @RequestParam UUID lease,
            @RequestParam long covers,
            HttpServletRequest request) {
        together.writable(actor, node);
        Sitting found = of(node, sitting);
        if (!sittings.saves(found.id(), lease)) {
            throw Refusal.conflict("office.stale");
        }
        body(request, update -> {
            try {
                draft.replace(found.id(), lease, covers, actor.capacity(), update, whole(update));
            } catch (Bits.Broken broken) {
                throw Refusal.invalid("office.broken");
            }
        });
    }

    /** A file of its own beside one that was changed elsewhere; the body is the document. */
    @PutMapping("/api/office/{node}/copy")
    Saving.Copied copy(
            Actor actor,
            @PathVariable NodeId node,
            @RequestParam UUID sitting,
            @RequestParam long covers,
            HttpServletRequest request) {
        together.writable(actor, node);
        try {
            return saving.copy(actor, node, sitting, covers, request.getInputStream());
        } catch (IOException broken) {
            throw Refusal.invalid("file.broken");
        }
    }

    private Sitting of(NodeId node, @Nullable UUID sitting) {
        return sittings.find(node).filter(one -> one.id().equals(sitting)).orElseThrow(SittingBook::gone);
    }

    private static YUpdate whole(byte[] update) {
        try {
            return YUpdate.read(update);
        } catch (Bits.Broken broken) {
            throw Refusal.invalid("office.broken");
        }
    }

    private void body(HttpServletRequest request, Consumer<byte[]> use) {
        try {
            bodies.read(request.getInputStream(), settings.largestDraft().toBytes() / 2, together::tooLarge, use);
        } catch (IOException broken) {
            throw Refusal.invalid("file.broken");
        }
    }
}
