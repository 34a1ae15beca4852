package org.entente.base;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns every refusal and every failure into a problem document (RFC 9457) that says what to do, never a stack trace. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    @ExceptionHandler(Refusal.class)
    ResponseEntity<ProblemDetail> refusedOnTheWay(Refusal refusal, HttpServletResponse response, Locale locale) {
        if (response.isCommitted()) {
            throw refusal;
        }
        return refused(refusal, locale);
    }

    private ResponseEntity<ProblemDetail> refused(Refusal refusal, Locale locale) {
        HttpStatus status = switch (refusal.kind()) {
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case CONFLICT -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        ProblemDetail problem =
                problem(status, refusal.code(), locale, refusal.args().toArray());
        if (!refusal.fields().isEmpty()) {
            problem.setProperty("fields", refusal.fields());
        }
        refusal.properties().forEach(problem::setProperty);
        return ResponseEntity.status(status).body(problem);
    }

    @ExceptionHandler(MultipartException.class)
    ResponseEntity<ProblemDetail> notAForm(MultipartException failure, Locale locale) {
        return ResponseEntity.badRequest().body(problem(HttpStatus.BAD_REQUEST, "input.form", locale));
    }

    /**
     * An answer that has begun cannot become a problem document: it would be taken for the rest of what was sent. The failure goes on to the server, which breaks
     * the connection off.
     */
    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> failedOnTheWay(
            Exception failure, HttpServletRequest request, HttpServletResponse response, Locale locale)
            throws Exception {
        if (response.isCommitted()) {
            throw failure;
        }
        return failed(failure, request, locale);
    }

    private ResponseEntity<ProblemDetail> failed(Exception failure, HttpServletRequest request, Locale locale) {
        Refusal inner = refusalWithin(failure);
        if (inner != null) {
            return refused(inner, locale);
        }
        return switch (DatabaseFailure.of(failure)) {
            case WRONG_VALUE ->
                ResponseEntity.unprocessableContent()
                        .body(problem(HttpStatus.UNPROCESSABLE_CONTENT, "input.value", locale));
            case AWAY, MET -> {
                log.warn("{} {}: the database did not do it", request.getMethod(), request.getRequestURI(), failure);
                yield ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(problem(HttpStatus.SERVICE_UNAVAILABLE, "request.failed", locale));
            }
            case OURS -> ours(failure, request, locale);
        };
    }

    private ResponseEntity<ProblemDetail> ours(Exception failure, HttpServletRequest request, Locale locale) {
        String reference = Objects.requireNonNullElse(RequestId.current(), "-");
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return ResponseEntity.internalServerError()
                .body(problem(HttpStatus.INTERNAL_SERVER_ERROR, "internal", locale, reference));
    }

    /** What the framework itself refuses: unknown paths, unreadable bodies, missing parameters. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Locale locale = LocaleContextHolder.getLocale();
        Refusal inner = refusalWithin(failure);
        if (inner != null) {
            ResponseEntity<ProblemDetail> refused = refused(inner, locale);
            return ResponseEntity.status(refused.getStatusCode()).body(refused.getBody());
        }
        if (failure instanceof AsyncRequestNotUsableException) {
            return null; // nobody is there any more to read an answer
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return ResponseEntity.badRequest()
                    .body(problem(HttpStatus.BAD_REQUEST, "input.missing", locale, missing.getParameterName()));
        }
        HttpStatusCode said = isNoSuchThing(failure) ? HttpStatus.NOT_FOUND : status;
        String code = said.is5xxServerError() ? "request.failed" : "request." + said.value();
        if (messages.getMessage("refusal." + code, null, null, locale) == null) {
            code = "request.400";
        }
        return ResponseEntity.status(said).headers(headers).body(problem(said, code, locale));
    }

    /** An id in the path that is not even an id: there is no such thing. */
    private static boolean isNoSuchThing(Exception failure) {
        return failure instanceof MethodArgumentTypeMismatchException mismatch
                && mismatch.getParameter().hasParameterAnnotation(PathVariable.class);
    }

    /** A value type that refused its text while a body or a parameter was read. */
    private static @Nullable Refusal refusalWithin(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return null;
    }

    private ProblemDetail problem(HttpStatusCode status, String code, Locale locale, Object... args) {
        String text = messages.getMessage("refusal." + code, args, code, locale);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, text);
        problem.setProperty("code", code);
        problem.setProperty("request", RequestId.current());
        return problem;
    }
}
