package org.entente.sources.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.Locale;
import org.entente.base.DatabaseFailure;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What went wrong, in the words of the standard (RFC 7644, 3.12). */
@RestControllerAdvice(assignableTypes = {ScimController.class, ScimEndpoints.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class ScimProblems {

    private final MessageSource messages;

    ScimProblems(MessageSource messages) {
        this.messages = messages;
    }

    @ExceptionHandler(ScimException.class)
    ResponseEntity<String> refused(ScimException refusal) {
        ErrorResponse said = refusal.getScimError();
        int status = said.getStatus() == null ? 500 : said.getStatus();
        return error(status, said.getScimType(), said.getDetail());
    }

    /** The refusals of the rooms below, in the words of the standard. */
    @ExceptionHandler(Refusal.class)
    ResponseEntity<String> refused(Refusal refusal, Locale locale) {
        String text =
                messages.getMessage("refusal." + refusal.code(), refusal.args().toArray(), refusal.code(), locale);
        return switch (refusal.kind()) {
            case INVALID -> error(400, "invalidValue", text);
            case CONFLICT -> error(409, refusal.code().endsWith(".taken") ? "uniqueness" : null, text);
            case NOT_FOUND -> error(404, null, text);
            case FORBIDDEN -> error(403, null, text);
            case UNAUTHENTICATED ->
                ResponseEntity.status(401)
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Entente\"")
                        .header(HttpHeaders.CONTENT_TYPE, ScimController.JSON)
                        .body(errorBody(401, null, text));
            case TOO_LARGE -> error(413, null, text);
            case TOO_MANY ->
                ResponseEntity.status(429)
                        .header(HttpHeaders.RETRY_AFTER, "1")
                        .header(HttpHeaders.CONTENT_TYPE, ScimController.JSON)
                        .body(errorBody(429, null, text));
            case UNAVAILABLE -> error(503, null, text);
        };
    }

    @ExceptionHandler(DataAccessException.class)
    ResponseEntity<String> notKept(DataAccessException failure) {
        return switch (DatabaseFailure.of(failure)) {
            case WRONG_VALUE -> error(400, "invalidValue", "A value cannot be kept");
            case AWAY, MET -> error(503, null, "Not now; send it again");
            case OURS -> throw failure;
        };
    }

    private static ResponseEntity<String> error(int status, @Nullable String type, @Nullable String detail) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_TYPE, ScimController.JSON)
                .body(errorBody(status, type, detail));
    }

    private static String errorBody(int status, @Nullable String type, @Nullable String detail) {
        ObjectNode json = JsonUtils.getJsonNodeFactory().objectNode();
        json.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
        json.put("status", String.valueOf(status));
        if (type != null) {
            json.put("scimType", type);
        }
        return json.put("detail", detail == null ? "" : detail).toString();
    }
}
