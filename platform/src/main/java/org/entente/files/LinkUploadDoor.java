package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.entente.base.Doorkeeper;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Lets a form with files in when a link asks for it, its password was given, and there is room for it. */
@Component
class LinkUploadDoor extends Doorkeeper {

    /** The attribute of a request that holds what its link opens. */
    static final String OPENED = "org.entente.files.link";

    private static final String BYTES = "org.entente.files.link-bytes";

    private final ObjectProvider<LinkVisitors> visits;
    private final ObjectProvider<LinkRoom> room;
    private final long largest;

    /** Doorkeepers are made before the rooms. */
    LinkUploadDoor(
            ObjectProvider<LinkVisitors> visits,
            ObjectProvider<LinkRoom> room,
            @Value("${spring.servlet.multipart.max-request-size}") DataSize largest) {
        super(LinkUploads.class);
        this.visits = visits;
        this.room = room;
        this.largest = largest.toBytes();
    }

    @Override
    protected void ask(HttpServletRequest request) {
        LinkVisits.Opened opened = visits.getObject()
                .find(inPath(request, "secret"), request)
                .filter(found -> visits.getObject().proved(found, request)
                        && found.link().upload())
                .orElseThrow(() -> Refusal.notFound("file.link.gone"));
        long bytes = request.getContentLengthLong() < 0 ? largest : request.getContentLengthLong();
        if (!room.getObject().begins(opened.link().id(), bytes)) {
            throw Refusal.of(Refusal.Kind.TOO_LARGE, "file.link.full");
        }
        request.setAttribute(OPENED, opened);
        request.setAttribute(BYTES, bytes);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (guards(handler)
                && request.getAttribute(OPENED) instanceof LinkVisits.Opened opened
                && request.getAttribute(BYTES) instanceof Long bytes) {
            room.getObject().ends(opened.link().id(), bytes);
        }
    }
}
