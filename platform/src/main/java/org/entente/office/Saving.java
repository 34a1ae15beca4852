package org.entente.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.files.FileNode;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.files.Writing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a version of the file of what a browser says the document is now: it leased the right to, and has everything that was written before. */
@Component
class Saving {

    private static final int MOST_COPIES = 100;

    private final org.entente.files.Files files;
    private final Together together;
    private final SittingBook sittings;
    private final LiveRooms rooms;
    private final OfficeSettings settings;
    private final Clock clock;

    Saving(
            org.entente.files.Files files,
            Together together,
            SittingBook sittings,
            LiveRooms rooms,
            OfficeSettings settings,
            Clock clock) {
        this.files = files;
        this.together = together;
        this.sittings = sittings;
        this.rooms = rooms;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param covers the last entry that is in it @param over content of the file that is to be replaced though it was written elsewhere */
    record Save(
            UUID sitting, UUID lease, long covers, @Nullable String over) {}

    void save(Actor actor, NodeId node, Save save, InputStream body) throws IOException {
        if (!sittings.saves(save.sitting(), save.lease())) {
            throw Refusal.conflict("office.stale");
        }
        try (Document document = read(body)) {
            FileNode file = together.writable(actor, node);
            Sitting sitting = of(node, save.sitting());
            String content = String.valueOf(file.sha256());
            if (!content.equals(sitting.base()) && !content.equals(save.over())) {
                rooms.look(sitting.id());
                throw changed(content);
            }
            sittings.writing(save.sitting(), save.lease(), save.covers(), document.sha256());
            try (InputStream in = Files.newInputStream(document.path())) {
                files.write(
                        Visitor.of(actor),
                        parent(file),
                        file.name(),
                        in,
                        new Writing(Together.DOCX, null, null, Writing.OnlyIf.etag(file.etag())));
            } catch (Refusal refusal) {
                sittings.giveUpSaving(save.sitting(), save.lease());
                throw refusal.code().equals("file.changed") ? changed(content) : refusal;
            }
            sittings.written(save.sitting(), document.sha256(), actor.capacity().value());
            rooms.look(save.sitting());
        }
    }

    private static Refusal changed(String content) {
        return Refusal.conflict("office.changed").with("content", content);
    }

    /** @param ended whether the sitting is over: everything of it is in the copy */
    record Copied(NodeId node, String name, boolean ended) {}

    /** A file of its own beside the other, which was changed elsewhere and stays as it is there. */
    Copied copy(Actor actor, NodeId node, UUID id, long covers, InputStream body) throws IOException {
        Sitting sitting = of(node, id);
        if (covers < sitting.seq()) {
            throw Refusal.conflict("office.stale");
        }
        try (Document document = read(body)) {
            FileNode file = together.writable(actor, node);
            FileNode copy = beside(actor, file, document);
            boolean ended = sittings.end(id, covers);
            rooms.look(id);
            return new Copied(copy.id(), copy.name(), ended);
        }
    }

    private FileNode beside(Actor actor, FileNode file, Document document) throws IOException {
        int dot = file.name().lastIndexOf('.');
        String stem = dot < 1 ? file.name() : file.name().substring(0, dot);
        for (int number = 1; number <= MOST_COPIES; number++) {
            String name = stem + " (" + LocalDate.now(clock) + (number == 1 ? "" : " " + number)
                    + ").docx"; // no words: names are in no language
            try (InputStream in = Files.newInputStream(document.path())) {
                return files.write(
                        Visitor.of(actor),
                        parent(file),
                        name,
                        in,
                        new Writing(Together.DOCX, null, null, Writing.OnlyIf.ABSENT));
            } catch (Refusal refusal) {
                if (!refusal.code().equals("file.changed")) {
                    throw refusal;
                }
            }
        }
        throw Refusal.conflict("file.exists", file.name());
    }

    private static NodeId parent(FileNode file) {
        NodeId parent = file.parent();
        if (parent == null) {
            throw Refusal.notFound("file.unknown");
        }
        return parent;
    }

    private Sitting of(NodeId node, UUID id) {
        return sittings.find(node).filter(one -> one.id().equals(id)).orElseThrow(SittingBook::gone);
    }

    private record Document(Path path, String sha256) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** To disk, within the limit; a document and nothing else. */
    private Document read(InputStream body) throws IOException {
        Path path = Files.createTempFile("entente-office", ".docx");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), digest)) {
                long most = settings.largestFile().toBytes();
                byte[] buffer = new byte[64 * 1024];
                for (int some; (some = body.read(buffer)) > 0; ) {
                    most -= some;
                    if (most < 0) {
                        throw together.tooLarge();
                    }
                    out.write(buffer, 0, some);
                }
            }
            demandDocument(path);
            return new Document(path, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void demandDocument(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            if (zip.getEntry("[Content_Types].xml") != null && zip.getEntry("word/document.xml") != null) {
                return;
            }
        } catch (ZipException e) {
            throw Refusal.invalid("office.not-docx");
        }
        throw Refusal.invalid("office.not-docx");
    }
}
