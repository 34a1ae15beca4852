package org.entente.wopi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.Visitor;
import org.entente.files.Writing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** PutRelativeFile and RenameFile ([MS-WOPI] 3.3.5.1): another file beside one, or another name for it. Both stay in its folder, whatever is asked. */
@Component
class WopiBeside {

    private static final int TRIES = 100;
    private static final String NOT_IN_NAMES = "[/\\\\\\p{Cntrl}]";

    private final Files files;
    private final WopiLocks locks;
    private final WopiTokens tokens;
    private final WopiFileInfo info;
    private final WopiSettings settings;

    WopiBeside(Files files, WopiLocks locks, WopiTokens tokens, WopiFileInfo info, WopiSettings settings) {
        this.files = files;
        this.locks = locks;
        this.tokens = tokens;
        this.info = info;
        this.settings = settings;
    }

    void putRelative(WopiCall call) throws IOException {
        NodeId folder = folder(call);
        String suggested = name(call, "X-WOPI-SuggestedTarget");
        String exact = name(call, "X-WOPI-RelativeTarget");
        if ((suggested == null) == (exact == null)) {
            // [MS-WOPI]: one of them, never both
            throw WopiError.of(
                    suggested == null ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_NOT_IMPLEMENTED,
                    "wopi.target");
        }
        FileNode made = exact == null
                ? write(
                        call,
                        folder,
                        free(call.visitor(), folder, proposed(call.file(), String.valueOf(suggested))),
                        Writing.OnlyIf.ABSENT)
                : exactly(call, folder, exact);
        WopiTokens.Given token = tokens.give(call.held(), made.id());
        String page = info.page(made.id());
        call.answer(Map.of(
                "Name",
                made.name(),
                "Url",
                settings.atPlatform(WopiDoor.FILES + made.id()) + "?access_token="
                        + URLEncoder.encode(token.secret(), StandardCharsets.UTF_8),
                "HostViewUrl",
                page,
                "HostEditUrl",
                page));
    }

    private FileNode exactly(WopiCall call, NodeId folder, String name) throws IOException {
        Optional<FileNode> there = files.find(call.visitor(), folder, List.of(name));
        if (there.isEmpty()) {
            return write(call, folder, name, Writing.OnlyIf.ABSENT);
        }
        Optional<WopiLocks.Held> held = locks.on(call.visitor(), there.get().id());
        if (held.isPresent()) {
            throw new WopiLocks.Mismatch(held.get());
        }
        if (!"true".equalsIgnoreCase(call.header("X-WOPI-OverwriteRelativeTarget"))
                || there.get().folder()) {
            throw WopiError.of(HttpServletResponse.SC_CONFLICT, "wopi.exists");
        }
        return write(call, folder, name, Writing.OnlyIf.etag(there.get().etag()));
    }

    private FileNode write(WopiCall call, NodeId folder, String name, Writing.OnlyIf onlyIf) throws IOException {
        try {
            return files.write(
                    call.visitor(),
                    folder,
                    name,
                    call.request().getInputStream(),
                    new Writing(null, null, null, onlyIf));
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.INVALID) {
                throw WopiError.of(HttpServletResponse.SC_BAD_REQUEST, "wopi.name");
            }
            throw refusal;
        }
    }

    void rename(WopiCall call) throws IOException {
        NodeId folder = folder(call);
        FileNode file = call.file();
        Optional<WopiLocks.Held> held = locks.on(call.visitor(), file.id());
        if (held.isPresent() && !held.get().is(call.header(WopiLocking.LOCK))) {
            throw new WopiLocks.Mismatch(held.get());
        }
        String ending = ending(file.name());
        String asked = name(call, "X-WOPI-RequestedName");
        if (asked == null) {
            throw WopiError.of(HttpServletResponse.SC_BAD_REQUEST, "wopi.name");
        }
        // It comes without its ending; some servers send that as well.
        String stem = asked.toLowerCase(Locale.ROOT).endsWith(ending.toLowerCase(Locale.ROOT))
                ? asked.substring(0, asked.length() - ending.length())
                : asked;
        FileNode renamed;
        try {
            renamed = locks.rename(call.visitor(), file, folder, stem + ending, held);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.INVALID || refusal.code().equals("file.exists")) {
                throw WopiError.of(HttpServletResponse.SC_BAD_REQUEST, "wopi.name")
                        .with("X-WOPI-InvalidFileNameError", refusal.code());
            }
            throw refusal;
        }
        // [MS-WOPI] wants the name alone; Collabora Online opens the file anew by its address, and goes on from the
        // time.
        call.answer(Map.of(
                "Name",
                stem(renamed.name()),
                "Url",
                settings.atPlatform(call.request().getRequestURI()) + "?access_token=" + call.token(),
                "LastModifiedTime",
                WopiTimes.of(renamed.modifiedAt())));
    }

    private NodeId folder(WopiCall call) {
        call.demandWriting();
        NodeId folder = call.file().parent();
        if (folder == null || !info.placeBeside(call.visitor(), call.file())) {
            throw WopiError.of(HttpServletResponse.SC_FORBIDDEN, "wopi.read-only");
        }
        return folder;
    }

    private static @Nullable String name(WopiCall call, String header) {
        String said = call.header(header);
        return said == null ? null : Utf7.decode(said);
    }

    /** An ending alone takes the place of the file's own; what a name may not hold becomes an underscore, so that no part of it leads elsewhere. */
    private static String proposed(FileNode file, String suggested) {
        String name = suggested.replaceAll(NOT_IN_NAMES, "_");
        return name.startsWith(".") ? stem(file.name()) + name : name;
    }

    /** {@code Lettre.docx}, {@code Lettre (2).docx}, … */
    private String free(Visitor visitor, NodeId folder, String name) {
        String free = name;
        for (int number = 2; files.find(visitor, folder, List.of(free)).isPresent(); number++) {
            if (number > TRIES) {
                throw WopiError.of(HttpServletResponse.SC_CONFLICT, "wopi.exists");
            }
            free = stem(name) + " (" + number + ")" + ending(name);
        }
        return free;
    }

    private static String stem(String name) {
        return name.substring(0, name.length() - ending(name).length());
    }

    /** With its dot. */
    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot) : "";
    }
}
