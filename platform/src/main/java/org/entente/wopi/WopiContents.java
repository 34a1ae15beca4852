package org.entente.wopi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
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

/** GetFile and PutFile ([MS-WOPI] 3.3.5.3): the bytes of a file, as they are and as they shall be. */
@Component
class WopiContents {

    /** Collabora Online's word for a file that somebody else wrote meanwhile; it then asks the person what to do. */
    private static final int CHANGED = 1010;

    private final Files files;
    private final WopiLocks locks;

    WopiContents(Files files, WopiLocks locks) {
        this.files = files;
        this.locks = locks;
    }

    void get(WopiCall call) throws IOException {
        FileNode file = call.file();
        String most = call.header("X-WOPI-MaxExpectedSize");
        if (most != null && most.matches("[0-9]{1,18}") && file.size() > Long.parseLong(most)) {
            throw WopiError.of(HttpServletResponse.SC_PRECONDITION_FAILED, "wopi.larger");
        }
        try (InputStream in = file.size() == 0 ? InputStream.nullInputStream() : files.read(file, 0, file.size())) {
            HttpServletResponse response = call.response();
            response.setHeader("X-WOPI-ItemVersion", file.etag());
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(file.size());
            in.transferTo(response.getOutputStream());
        }
    }

    void put(WopiCall call) throws IOException {
        call.demandWriting();
        FileNode file = call.file();
        Visitor visitor = call.visitor();
        Optional<WopiLocks.Held> held = locks.on(visitor, file.id());
        String seen = seen(call);
        if (held.isPresent() && !held.get().is(call.header("X-WOPI-Lock"))) {
            throw new WopiLocks.Mismatch(held.get());
        }
        if (seen != null && !WopiTimes.same(seen, file.modifiedAt())) {
            throw changed();
        }
        // Without a lock only what was empty is written; or what its writer has surely seen, whose lock ran out while
        // nobody could renew it.
        if (held.isEmpty() && file.size() > 0 && seen == null) {
            throw new WopiLocks.Mismatch(null);
        }
        NodeId folder = file.parent();
        if (folder == null) {
            throw WopiError.of(HttpServletResponse.SC_NOT_FOUND, "file.unknown");
        }
        FileNode written;
        try {
            written = files.write(
                    held.map(lock -> visitor.together(lock.token())).orElse(visitor),
                    folder,
                    file.name(),
                    call.request().getInputStream(),
                    // Even under a lock: it may run out while the body comes, and somebody else write meanwhile.
                    new Writing(null, null, null, Writing.OnlyIf.etag(file.etag())));
        } catch (Refusal refusal) {
            throw refusal.code().equals("file.changed") ? changed() : refusal;
        }
        call.response().setHeader("X-WOPI-ItemVersion", written.etag());
        call.answer(Map.of("LastModifiedTime", WopiTimes.of(written.modifiedAt())));
    }

    private static @Nullable String seen(WopiCall call) {
        String now = call.header("X-COOL-WOPI-Timestamp");
        return now == null ? call.header("X-LOOL-WOPI-Timestamp") : now;
    }

    private static WopiError changed() {
        return WopiError.of(HttpServletResponse.SC_CONFLICT, "file.changed")
                .saying(Map.of("COOLStatusCode", CHANGED, "LOOLStatusCode", CHANGED));
    }
}
