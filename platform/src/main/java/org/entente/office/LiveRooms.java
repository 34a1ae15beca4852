package org.entente.office;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.SpaceRole;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The documents in which somebody is at this node. What other nodes add is found by looking at the rows a few times a second, in one question for all: nothing
 * but the database is needed between nodes, and a node that was cut off finds all it missed. Whether people still may be here is looked at every other second.
 */
@Component
class LiveRooms {

    private static final int STILL_EVERY = 30; // looks

    /** Longer than the server waits for a browser to answer that it was closed. */
    private static final Duration CLOSING = Duration.ofMinutes(1);

    private final Map<UUID, LiveRoom> rooms = new ConcurrentHashMap<>();
    private final SittingBook sittings;
    private final Presence presence;
    private final Files files;
    private final JdbcClient jdbc;
    private final OfficeSettings settings;
    private final Clock clock;
    private int looks;

    LiveRooms(
            SittingBook sittings,
            Presence presence,
            Files files,
            JdbcClient jdbc,
            OfficeSettings settings,
            Clock clock) {
        this.sittings = sittings;
        this.presence = presence;
        this.files = files;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** One more is there. @param make of the room that is the only one of this sitting at this node */
    LiveSocket comes(Sitting now, Function<LiveRoom, LiveSocket> make) {
        AtomicReference<LiveSocket> made = new AtomicReference<>();
        LiveRoom room = rooms.compute(now.id(), (id, there) -> {
            LiveRoom one = there == null ? new LiveRoom(id, now.node()) : there;
            LiveSocket socket = make.apply(one);
            one.sockets().add(socket);
            made.set(socket);
            return one;
        });
        LiveSocket socket = Objects.requireNonNull(made.get());
        try {
            room.is(now);
            room.showAll(socket);
            room.tell(socket);
            socket.say("state", LiveRoom.state(now));
            presence.there(List.of(new Presence.Row(
                    room.sitting, socket.id, socket.visitor.person().value(), null)));
            // Others may have come since it was counted for this one; now that all of them can be seen, whoever sees
            // too many goes.
            if (presence.of(socket.visitor.person().value()) > settings.mostSockets()
                    || presence.together(room.sitting) > settings.mostTogether()) {
                socket.close(Closing.CROWDED);
                leaves(socket);
                return socket;
            }
        } catch (RuntimeException failure) {
            socket.closed();
            try {
                leaves(socket);
            } catch (RuntimeException too) {
                failure.addSuppressed(too);
            }
            throw failure;
        }
        socket.start();
        return socket;
    }

    void leaves(LiveSocket socket) {
        LiveRoom room = socket.room;
        if (!room.sockets().remove(socket)) {
            return;
        }
        Presence.At at = socket.at();
        if (at != null) {
            room.moved(at.left(), null);
        }
        rooms.computeIfPresent(room.sitting, (id, there) -> there.sockets().isEmpty() ? null : there);
        presence.leaves(room.sitting, socket.id);
    }

    /** Looks at once: something of this sitting was changed by this node. */
    void look(UUID sitting) {
        LiveRoom room = rooms.get(sitting);
        if (room != null) {
            sittings.find(sitting).ifPresentOrElse(room::is, () -> room.end(Closing.ENDED));
        }
    }

    @Scheduled(fixedDelayString = "${entente.office.look:300ms}")
    void look() {
        List<LiveRoom> open = List.copyOf(rooms.values());
        if (open.isEmpty()) {
            return;
        }
        Map<UUID, Sitting> now = sittings.all(ids(open)).stream().collect(Collectors.toMap(Sitting::id, one -> one));
        open.forEach(room ->
                Optional.ofNullable(now.get(room.sitting)).ifPresentOrElse(room::is, () -> room.end(Closing.ENDED)));
        boolean everybody = ++looks % STILL_EVERY == 0;
        List<Presence.Row> rows = new ArrayList<>();
        open.forEach(room -> room.sockets().forEach(socket -> {
            if (socket.toTell() || everybody) {
                rows.add(new Presence.Row(
                        room.sitting, socket.id, socket.visitor.person().value(), socket.at()));
            }
        }));
        presence.there(rows);
        Map<UUID, List<Presence.At>> elsewhere = new HashMap<>();
        presence.elsewhere(ids(open))
                .forEach(one -> elsewhere
                        .computeIfAbsent(one.sitting(), id -> new ArrayList<>())
                        .add(one.at()));
        open.forEach(room -> room.elsewhere(elsewhere.getOrDefault(room.sitting, List.of())));
    }

    private static List<UUID> ids(Collection<LiveRoom> open) {
        return open.stream().map(room -> room.sitting).toList();
    }

    private record Acting(UUID session, AffiliationId capacity) {

        static Acting of(LiveSocket socket) {
            return new Acting(socket.session, socket.visitor.capacity());
        }
    }

    /** Who may not be here any more is sent away; who may do something else here now is asked to come again. */
    @Scheduled(fixedDelayString = "${entente.office.rights:2s}")
    void demand() {
        List<LiveRoom> open = List.copyOf(rooms.values());
        if (open.isEmpty()) {
            return;
        }
        open.forEach(room -> room.sockets().stream()
                .filter(socket -> socket.closedFor(CLOSING))
                .forEach(this::leaves));
        // Once: whoever comes after the question is not in its answer.
        List<LiveSocket> asked =
                open.stream().flatMap(room -> room.sockets().stream()).toList();
        Set<Acting> live = live(asked.stream().map(Acting::of).distinct().toList());
        Map<LiveRoom, List<LiveSocket>> together = asked.stream().collect(Collectors.groupingBy(one -> one.room));
        together.forEach((room, sockets) -> {
            Map<AffiliationId, Optional<FileNode>> seen = new HashMap<>();
            for (LiveSocket socket : sockets) {
                if (!live.contains(Acting.of(socket))) {
                    socket.close(Closing.SIGNED_OUT);
                    continue;
                }
                Optional<FileNode> file =
                        seen.computeIfAbsent(socket.visitor.capacity(), capacity -> file(room, socket));
                if (file.isEmpty()) {
                    socket.close(Closing.NO_RIGHT);
                } else if (file.get().role().allows(SpaceRole.EDIT) != socket.writes) {
                    socket.close(Closing.OTHER_RIGHT);
                }
            }
            seen.values().stream().flatMap(Optional::stream).findFirst().ifPresent(file -> compare(room, file));
        });
    }

    private Set<Acting> live(List<Acting> acting) {
        return Set.copyOf(jdbc.sql("""
                        SELECT s.id, s.capacity FROM unnest(?::uuid[], ?::uuid[]) AS asked (id, capacity)
                        JOIN identity.v_session s ON s.id = asked.id AND s.capacity = asked.capacity
                        JOIN directory.v_affiliation a ON a.id = s.capacity AND a.live""")
                .params(
                        acting.stream().map(Acting::session).toArray(UUID[]::new),
                        acting.stream().map(one -> one.capacity().value()).toArray(UUID[]::new))
                .query((row, n) -> new Acting(
                        row.getObject("id", UUID.class), new AffiliationId(row.getObject("capacity", UUID.class))))
                .list());
    }

    private Optional<FileNode> file(LiveRoom room, LiveSocket socket) {
        try {
            return Optional.of(files.node(socket.visitor, room.node));
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    /** Whether the file is still what is written here. One that was changed elsewhere with nothing unsaved here is simply opened anew. */
    void compare(LiveRoom room, FileNode file) {
        String content = String.valueOf(file.sha256());
        sittings.find(room.sitting).filter(now -> !now.base().equals(content)).ifPresent(now -> {
            if (sittings.written(room.sitting, content, null)) {
                look(room.sitting); // by a node that died behind it
            } else if (now.beingWritten(clock.instant())) {
                return; // soon known
            } else if (now.unsaved()) {
                room.changed(content);
            } else if (sittings.end(now.id(), now.seq())) {
                room.end(Closing.REPLACED);
            }
        });
    }

    @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT2M")
    void forget() {
        sittings.forget(settings.keptFor());
    }
}
