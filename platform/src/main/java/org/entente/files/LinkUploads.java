package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes files from whoever has a link to put some, once {@link LinkUploadDoor} has let them in. */
@RestController
@Needs(Right.PUBLIC)
class LinkUploads {

    private final LinkVisits links;
    private final LinkRoom room;
    private final Putting putting;
    private final LinkPage page;

    LinkUploads(LinkVisits links, LinkRoom room, Putting putting, LinkPage page) {
        this.links = links;
        this.room = room;
        this.putting = putting;
        this.page = page;
    }

    /** Always as a new file: what is there is neither seen nor replaced. */
    @PostMapping(path = "/l/{secret}/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> put(
            @PathVariable String secret,
            @RequestAttribute(LinkUploadDoor.OPENED) LinkVisits.Opened opened,
            @RequestParam List<MultipartFile> file,
            HttpServletRequest request,
            Locale locale)
            throws IOException {
        int put = 0;
        for (MultipartFile one : file) {
            if (one.getOriginalFilename() != null && !one.getOriginalFilename().isEmpty()) {
                try {
                    FileNode made = counted(opened, one, one.getOriginalFilename());
                    links.tell(opened, "file-link.put", made, request.getRemoteAddr());
                    put++;
                } catch (Refusal refusal) {
                    return page.upload(opened, secret, put, refusal, left(opened), locale);
                }
            }
        }
        return page.upload(opened, secret, put, null, left(opened), locale);
    }

    /** Whoever comes by a link has no programme to read a problem document. */
    @ExceptionHandler(Refusal.class)
    ResponseEntity<String> refused(Refusal refusal, Locale locale) {
        return refusal.kind() == Refusal.Kind.NOT_FOUND ? page.over(locale) : page.refused(refusal, locale);
    }

    private LinkRoom.Left left(LinkVisits.Opened opened) {
        return room.left(opened.link().id());
    }

    private FileNode counted(LinkVisits.Opened opened, MultipartFile one, String sent) throws IOException {
        UUID link = opened.link().id();
        if (!room.take(link, one.getSize())) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.link.full");
        }
        boolean there = false;
        try {
            FileNode made = put(opened, one, sent);
            there = true;
            return made;
        } finally {
            if (!there) {
                room.giveBack(link, 1, one.getSize());
            }
        }
    }

    private FileNode put(LinkVisits.Opened opened, MultipartFile one, String sent) throws IOException {
        // Some browsers send a path.
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        Writing how = new Writing(one.getContentType(), null, null, Writing.OnlyIf.ANYTHING, true);
        try {
            return putting.write(opened.maker(), opened.node().id(), name, one::getInputStream, how, OnConflict.BOTH);
        } catch (Refusal refusal) {
            // With nothing of what is there, which is not a stranger's to know.
            throw refusal.code().equals("file.exists") ? Refusal.conflict("file.exists", name) : refusal;
        }
    }
}
