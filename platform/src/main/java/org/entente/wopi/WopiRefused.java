package org.entente.wopi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.coyote.CloseNowException;
import org.entente.base.DatabaseFailure;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Says to an office server what was not done: by the statuses and headers that it knows, and a sentence for its operator. Addresses are never said nor written down whole. */
@Component
class WopiRefused {

    private static final Logger log = LoggerFactory.getLogger(WopiRefused.class);

    private final MessageSource messages;
    private final LocaleResolver locales;
    private final JsonMapper json;

    WopiRefused(MessageSource messages, LocaleResolver locales, JsonMapper json) {
        this.messages = messages;
        this.locales = locales;
        this.json = json;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Exception failure) throws IOException {
        if (response.isCommitted()) {
            // Half an answer must not look like a whole one.
            throw new CloseNowException(failure.getClass().getSimpleName(), failure);
        }
        response.resetBuffer();
        WopiError told = told(request, failure);
        response.setStatus(told.status());
        told.headers().forEach(response::setHeader);
        if (failure instanceof WopiLocks.Mismatch mismatch) {
            mismatch(response, mismatch.current());
        }
        String code = told.code();
        Map<String, Object> body = new LinkedHashMap<>(told.body());
        body.put("code", code);
        body.put(
                "detail",
                Objects.requireNonNullElse(
                        messages.getMessage(
                                "refusal." + code,
                                failure instanceof Refusal refusal
                                        ? refusal.args().toArray()
                                        : null,
                                code,
                                locales.resolveLocale(request)),
                        code));
        WopiCall.write(response, json, body);
    }

    /** The name it has is always said; a lock of another program has none. */
    private static void mismatch(HttpServletResponse response, WopiLocks.@Nullable Held current) {
        String name = current == null ? null : current.name();
        response.setHeader(WopiLocking.LOCK, Objects.requireNonNullElse(name, ""));
        response.setHeader(
                "X-WOPI-LockFailureReason",
                current == null ? "not locked" : name == null ? "locked by another program" : "locked");
        if (current != null && name == null) {
            response.setHeader("X-WOPI-LockedByOtherInterface", "true");
        }
    }

    private static WopiError told(HttpServletRequest request, Exception failure) {
        return switch (failure) {
            case WopiError error -> error;
            case WopiLocks.Mismatch mismatch -> WopiError.of(409, "file.locked");
            case Refusal refusal -> told(refusal);
            case DataAccessException data -> told(request, data);
            case IOException broken -> {
                log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), broken.toString());
                yield WopiError.of(503, "request.failed");
            }
            default -> ours(request, failure);
        };
    }

    private static WopiError told(Refusal refusal) {
        String code = refusal.code();
        return switch (refusal.kind()) {
            case NOT_FOUND -> WopiError.of(404, code);
            case FORBIDDEN -> WopiError.of(403, code);
            case UNAUTHENTICATED -> WopiError.of(401, code);
            case TOO_LARGE -> WopiError.of(413, code);
            case INVALID -> WopiError.of(400, code);
            case TOO_MANY, UNAVAILABLE -> WopiError.of(503, code);
            case CONFLICT -> WopiError.of(409, code).with(WopiLocking.LOCK, "");
        };
    }

    private static WopiError told(HttpServletRequest request, DataAccessException failure) {
        return switch (DatabaseFailure.of(failure)) {
            case WRONG_VALUE -> WopiError.of(400, "input.value");
            case AWAY, MET -> WopiError.of(503, "request.failed");
            case OURS -> ours(request, failure);
        };
    }

    private static WopiError ours(HttpServletRequest request, Exception failure) {
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return WopiError.of(500, "request.failed");
    }
}
