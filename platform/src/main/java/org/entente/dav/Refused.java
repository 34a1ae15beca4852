package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.entente.base.DatabaseFailure;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says what was not done and why: to programs as RFC 4918 (16) has it, with a sentence that they show to people. */
@Component
class Refused {

    private final MessageSource messages;

    Refused(MessageSource messages) {
        this.messages = messages;
    }

    /** The status and the precondition of what the rooms below refuse. */
    static DavError told(Refusal refusal, String href) {
        Object[] args = refusal.args().toArray();
        String code = refusal.code();
        return switch (refusal.kind()) {
            case NOT_FOUND -> DavError.of(404, code, args);
            case FORBIDDEN ->
                DavError.condition(403, "need-privileges", code, args).about(href);
            case UNAUTHENTICATED -> DavError.of(401, code, args);
            case TOO_MANY -> DavError.of(429, code, args);
            case UNAVAILABLE -> DavError.of(503, code, args);
            case INVALID -> DavError.of(400, code, args);
            case TOO_LARGE ->
                switch (code) {
                    case "file.quota", "file.quota.member" -> DavError.condition(507, "quota-not-exceeded", code, args);
                    case "file.properties" -> DavError.of(507, code, args);
                    default -> DavError.of(413, code, args);
                };
            case CONFLICT ->
                switch (code) {
                    case "file.locked" ->
                        DavError.condition(423, "lock-token-submitted", code, args)
                                .about(href);
                    case "file.not-locked" -> DavError.condition(409, "lock-token-matches-request-uri", code, args);
                    case "file.changed", "file.exists" -> DavError.of(412, code, args);
                    case "file.into-itself" -> DavError.of(403, code, args);
                    case "file.is-folder" -> DavError.of(405, code, args);
                    case "file.forgotten" -> DavError.condition(403, "valid-sync-token", code, args);
                    default -> DavError.of(409, code, args);
                };
        };
    }

    /** What a failure of the database is to a program; null: a fault of ours. */
    static @Nullable DavError told(DataAccessException failure) {
        return switch (DatabaseFailure.of(failure)) {
            case WRONG_VALUE -> DavError.of(400, "input.value");
            case AWAY, MET -> DavError.of(503, "request.failed");
            case OURS -> null;
        };
    }

    void answer(HttpServletRequest request, HttpServletResponse response, DavError error, Locale locale)
            throws IOException {
        String text = Objects.requireNonNullElse(
                messages.getMessage("refusal." + error.code(), error.args().toArray(), error.code(), locale),
                error.code());
        response.resetBuffer();
        response.setStatus(error.status());
        for (String header :
                new String[] {"Content-Disposition", "ETag", "OC-ETag", "OC-FileId", "Last-Modified", "OC-Checksum"}) {
            response.setHeader(header, null);
        }
        if (error.status() != 416) {
            response.setHeader("Content-Range", null);
        }
        if (error.status() == 429 || error.status() == 503) {
            response.setHeader("Retry-After", "30");
        }
        if (error.status() == 405) {
            response.setHeader("Allow", DavDoor.ALLOWED);
        }
        response.setContentType("application/xml;charset=utf-8");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (XmlOut out = new XmlOut(body)) {
            out.root("error");
            if (error.condition() != null) {
                out.open(error.condition());
                for (String href : error.hrefs()) {
                    // need-privileges says which resource it is about within another element (RFC 3744, 7.1.1)
                    boolean resource = error.condition().equals("need-privileges");
                    out.raw(resource ? "<d:resource>" : "")
                            .element("href", href)
                            .raw(resource ? "</d:resource>" : "");
                }
                out.close(error.condition());
            }
            out.raw("<s:message>").text(text).raw("</s:message>").close("error");
        }
        response.setContentLength(body.size());
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body.toString(UTF_8).getBytes(UTF_8));
        }
    }
}
