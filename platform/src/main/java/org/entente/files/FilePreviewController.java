package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.entente.reading.PreviewState;
import org.entente.reading.Previews;
import org.entente.reading.Written;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Office documents to be looked at, by whoever may open them. */
@RestController
@RequestMapping("/api/files/nodes/{node}")
@Needs(Right.PERSON)
class FilePreviewController {

    private static final String PDF = "application/pdf";

    private final Sight sight;
    private final Previews previews;

    FilePreviewController(Sight sight, Previews previews) {
        this.sight = sight;
        this.previews = previews;
    }

    /** How far it is; asked again until it is made. */
    @GetMapping("/preview")
    PreviewState state(Actor actor, @PathVariable NodeId node) {
        Rows.Seen seen = sight.seen(Visitor.of(actor), node);
        return previews.of(seen.member(), document(seen), seen.node().name());
    }

    @GetMapping("/preview.pdf")
    void pdf(Actor actor, @PathVariable NodeId node, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Rows.Seen seen = sight.seen(Visitor.of(actor), node);
        FileNode file = seen.node();
        Written document = document(seen);
        PreviewState state = previews.of(seen.member(), document, file.name());
        Long size = state.size();
        if (size == null) {
            throw Refusal.notFound("preview.none");
        }
        Sending.send(
                new Sending.Content(file.name() + ".pdf", PDF, size, file.etag() + "-pdf", file.modifiedAt()),
                true,
                (from, length) -> previews.open(document, from, length),
                request,
                response);
    }

    private static Written document(Rows.Seen seen) {
        if (seen.content() == null) {
            throw Refusal.conflict("file.is-folder", seen.node().name());
        }
        return new Written(
                seen.content(),
                String.valueOf(seen.node().mediaType()),
                seen.node().size());
    }
}
