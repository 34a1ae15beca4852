package org.entente.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.base.DatabaseFailure;
import org.entente.base.Gathering;
import org.entente.base.Refusal;
import org.entente.directory.AffiliationId;
import org.entente.storage.Contents;
import org.entente.storage.Kept;
import org.entente.storage.Small;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Small new files that one capacity puts into one folder at the same time, as programs do that keep a folder in step: one turn writes them all. Whatever is not
 * as simple as that is written alone.
 */
@Component
class PutTogether implements Gathering.Doing<PutTogether.Lane, PutTogether.One, Files.Put, RuntimeException> {

    private static final int AT_ONCE = 100;
    private static final Duration COMES_AGAIN = Duration.ofMillis(2);

    private final Sight sight;
    private final Turn turns;
    private final LockBook locks;
    private final Contents contents;
    private final Making making;
    private final Writer writer;
    private final TransactionOperations transaction;
    private final Gathering<Lane, One, Files.Put, RuntimeException> gathering =
            new Gathering<>(this, AT_ONCE, COMES_AGAIN);

    PutTogether(
            Sight sight,
            Turn turns,
            LockBook locks,
            Contents contents,
            Making making,
            Writer writer,
            TransactionOperations transaction) {
        this.sight = sight;
        this.turns = turns;
        this.locks = locks;
        this.contents = contents;
        this.making = making;
        this.writer = writer;
        this.transaction = transaction;
    }

    /** @param folders the way from {@code from} to the folder */
    record Lane(AffiliationId capacity, NodeId from, List<String> folders) {}

    /** @param name as it is kept */
    record One(Visitor visitor, String name, Small small, Writing how) {}

    Files.Put put(Visitor visitor, NodeId from, List<String> path, Small small, Writing how) {
        List<String> folders = List.copyOf(path.subList(0, path.size() - 1));
        return gathering.ask(
                new Lane(visitor.capacity(), from, folders), new One(visitor, Names.nfc(path.getLast()), small, how));
    }

    @Override
    public Files.Put alone(Lane lane, One one) {
        List<String> path = new ArrayList<>(lane.folders);
        path.add(one.name);
        try {
            return writer.put(one.visitor, lane.from, path, one.small.open(), one.how);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of bytes in memory
        }
    }

    @Override
    public boolean blamesOne(Exception failure) {
        return failure instanceof Refusal refusal && refusal.kind() != Refusal.Kind.UNAVAILABLE
                || failure instanceof DataIntegrityViolationException
                || DatabaseFailure.of(failure) == DatabaseFailure.MET;
    }

    @Override
    public List<Files.@Nullable Put> together(Lane lane, List<One> asked) {
        Visitor visitor = asked.getFirst().visitor; // rights are those of the capacity
        Optional<Sight.Place> place = place(visitor, lane, asked);
        List<One> simple = sameLocks(asked) ? simple(place, asked) : List.of();
        Map<One, Files.Put> put = simple.size() < 2
                ? Map.of()
                : write(visitor, lane, place.orElseThrow().folder(), simple);
        return asked.stream().map(put::get).toList();
    }

    /** As programs mostly have none: where one may write, all may. */
    private static boolean sameLocks(List<One> asked) {
        Visitor first = asked.getFirst().visitor;
        return asked.stream()
                .map(One::visitor)
                .allMatch(one ->
                        one.locks().equals(first.locks()) && one.together().equals(first.together()));
    }

    private Optional<Sight.Place> place(Visitor visitor, Lane lane, List<One> some) {
        return sight.place(
                visitor, lane.from, lane.folders, some.stream().map(One::name).toList());
    }

    /** Those of them that are new files under good names, in a folder into which they may be put, and for which there is room. */
    private static List<One> simple(Optional<Sight.Place> found, List<One> asked) {
        if (found.isEmpty()) {
            return List.of();
        }
        Sight.Place place = found.get();
        FileNode folder = place.folder().node();
        Set<String> names = new HashSet<>(place.taken());
        List<One> simple = asked.stream()
                .filter(one -> one.how.onlyIf().allows(null) && !one.how.byLink())
                .filter(one -> Names.fits(one.name) && names.add(one.name))
                .toList();
        long bytes = simple.stream().mapToLong(one -> one.small.length()).sum();
        boolean may = folder.folder()
                && folder.role().allows(SpaceRole.EDIT)
                && place.deep() < Writer.DEEPEST
                && bytes <= place.room();
        return may ? simple : List.of();
    }

    private Map<One, Files.Put> write(Visitor visitor, Lane lane, Rows.Seen folder, List<One> some) {
        locks.demand(visitor, folder, false);
        List<Kept> kept =
                contents.keep(folder.member(), some.stream().map(One::small).toList());
        Map<One, Files.Put> put = new IdentityHashMap<>();
        transaction.executeWithoutResult(status -> {
            Turn.Taken turn = turns.take(folder.node().space());
            Optional<Sight.Place> place = place(visitor, lane, some);
            List<One> still = simple(place, some);
            if (still.size() < some.size()
                    || !Turn.isHere(turn, place.orElseThrow().folder().node())) {
                throw Refusal.conflict("file.changed"); // while it was kept: each is looked at alone
            }
            locks.demand(visitor, place.orElseThrow().folder(), false);
            List<Making.NewFile> files = new ArrayList<>();
            for (int at = 0; at < some.size(); at++) {
                files.add(writer.newFile(turn, some.get(at).name, kept.get(at), some.get(at).how));
            }
            List<FileNode> made =
                    making.files(visitor, turn, place.orElseThrow().folder(), files, false);
            for (int at = 0; at < some.size(); at++) {
                put.put(some.get(at), new Files.Put(made.get(at), true));
            }
        });
        return put;
    }
}
