package org.entente.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Folders and files as one ZIP, written while it is sent: UTF-8 names, and the larger form (ZIP64) where one file or all of them need it. What it holds is
 * read from the database before the first byte goes, so that no slow line keeps a connection to it.
 */
@Component
class FolderZip {

    /** The most files and folders in one archive. */
    static final int MOST = 50_000;

    /** Its name tells in both languages that it is not one of theirs. */
    private static final String WITHOUT = "_Fichiers manquants - missing files.txt";

    /** Beginnings of kinds that do not get smaller. */
    private static final Set<String> PACKED =
            Set.of("image/jp", "image/png", "image/webp", "video/", "audio/", "application/zip", "application/vnd.");

    private record Entry(String path, FileNode node) {}

    private final Files files;
    private final RefusalWords words;

    FolderZip(Files files, RefusalWords words) {
        this.files = files;
        this.words = words;
    }

    void send(Visitor visitor, List<NodeId> nodes, HttpServletResponse response) throws IOException {
        List<FileNode> chosen =
                nodes.stream().map(node -> files.node(visitor, node)).toList();
        List<Entry> entries = entries(visitor, chosen);
        Sending.guard(response);
        response.setHeader(HttpHeaders.CONTENT_TYPE, "application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Attachment.of(title(visitor, chosen) + ".zip", false));
        ZipOutputStream out = new ZipOutputStream(new Leaving(response.getOutputStream()));
        try {
            List<String> without = new ArrayList<>();
            for (Entry entry : entries) {
                write(visitor, entry, out, without);
            }
            tell(without, out);
            out.finish();
        } catch (Leaving.Left nobody) {
            // The browser left: nobody is there to tell.
        }
    }

    private List<Entry> entries(Visitor visitor, List<FileNode> chosen) {
        ZipNames names = new ZipNames();
        names.top(WITHOUT); // nobody else's
        List<Entry> entries = new ArrayList<>();
        for (FileNode node : chosen) {
            String top = names.top(nameOf(visitor, node));
            entries.add(new Entry(top, node));
            if (node.folder()) {
                files.eachBeneath(visitor, node.id(), MOST, at -> {
                    entries.add(new Entry(names.beneath(top, at.path()), at.node()));
                    if (entries.size() > MOST) {
                        throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.deep", MOST);
                    }
                });
            }
        }
        return entries;
    }

    /** Of those that were left out: whoever unpacks the archive shall not take it for all. */
    private static void tell(List<String> without, ZipOutputStream out) throws IOException {
        if (!without.isEmpty()) {
            out.putNextEntry(new ZipEntry(WITHOUT));
            out.write(String.join("\r\n", without).getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }

    private void write(Visitor visitor, Entry entry, ZipOutputStream out, List<String> without) throws IOException {
        FileNode node = entry.node();
        ZipEntry zipped = new ZipEntry(entry.path() + (node.folder() ? "/" : ""));
        zipped.setLastModifiedTime(FileTime.from(node.modifiedAt()));
        if (node.folder()) {
            out.putNextEntry(zipped);
            out.closeEntry();
            return;
        }
        InputStream bytes;
        try {
            bytes = node.size() == 0 ? InputStream.nullInputStream() : files.read(visitor, node.id(), 0, node.size());
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
                return; // thrown away since the list was made
            }
            if (refusal.code().startsWith("antivirus.")) {
                without.add(entry.path() + " : " + words.of(refusal, LocaleContextHolder.getLocale()));
                return;
            }
            throw refusal;
        }
        try (bytes) {
            out.setLevel(isPacked(node.mediaType()) ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
            out.putNextEntry(zipped);
            bytes.transferTo(out);
            out.closeEntry();
        }
    }

    private String title(Visitor visitor, List<FileNode> chosen) {
        return chosen.size() == 1 ? nameOf(visitor, chosen.getFirst()) : "Entente";
    }

    /** The root of a space has no name of its own. */
    private String nameOf(Visitor visitor, FileNode node) {
        if (node.parent() != null || !node.name().isEmpty()) {
            return node.name();
        }
        String name = files.space(visitor, node.space()).name();
        return name.isEmpty() ? "Mes fichiers" : name;
    }

    private static boolean isPacked(@Nullable String mediaType) {
        return mediaType != null && PACKED.stream().anyMatch(mediaType::startsWith);
    }
}
