package org.entente.office;

import java.util.Locale;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.springframework.stereotype.Component;

/** Which files are written in together, and by whom. */
@Component
class Together {

    static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private final Files files;
    private final OfficeSettings settings;

    Together(Files files, OfficeSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /** @throws Refusal NOT_FOUND, INVALID {@code office.not-docx}, TOO_LARGE {@code office.too-large} */
    FileNode document(Actor actor, NodeId node) {
        FileNode file = files.node(Visitor.of(actor), node);
        if (file.folder()
                || !(DOCX.equals(file.mediaType())
                        || file.name().toLowerCase(Locale.ROOT).endsWith(".docx"))) {
            throw Refusal.invalid("office.not-docx");
        }
        if (file.size() > settings.largestFile().toBytes()) {
            throw tooLarge();
        }
        return file;
    }

    /** As the other, for who may write in it. */
    FileNode writable(Actor actor, NodeId node) {
        FileNode file = document(actor, node);
        if (!writes(file)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.read-only");
        }
        return file;
    }

    /** As the other, for who manages it. */
    FileNode managed(Actor actor, NodeId node) {
        FileNode file = document(actor, node);
        if (!file.role().allows(SpaceRole.MANAGE)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "file.not-manager");
        }
        return file;
    }

    static boolean writes(FileNode file) {
        return file.role().allows(SpaceRole.EDIT);
    }

    Refusal tooLarge() {
        return Refusal.of(
                Refusal.Kind.TOO_LARGE,
                "office.too-large",
                settings.largestFile().toMegabytes());
    }
}
