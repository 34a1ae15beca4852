package org.entente.base;

import java.util.List;
import java.util.Map;

/**
 * Something asked for that is not done, with the reason in words of the catalogue. Every refusal a person can meet is one of
 * these: the web layer turns it into a problem document (RFC 9457) in the reader's language, and nothing has been changed.
 *
 * <p>{@code code} is the key in {@code messages*.properties} (as {@code refusal.<code>}), {@code args} fill its placeholders,
 * {@code fields} name the input fields concerned, each with its own code.
 */
public final class Refusal extends RuntimeException {

    /** What kind of no this is; decides the HTTP status. */
    public enum Kind {
        /** The input is wrong: 422. */
        INVALID,
        /** There is no such thing, or it is not the reader's to see: 404. */
        NOT_FOUND,
        /** Not signed in: 401. */
        UNAUTHENTICATED,
        /** Signed in, but not allowed in this capacity: 403. */
        FORBIDDEN,
        /** Somebody else changed it meanwhile, or it exists already: 409. */
        CONFLICT,
        /** More than is accepted: 413. */
        TOO_LARGE,
        /** Too often: 429. */
        TOO_MANY,
        /** An engine does not answer now; trying later will do: 503. */
        UNAVAILABLE
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final transient List<Object> args;
    private final transient Map<String, String> fields;
    private final transient Map<String, Object> properties;

    private Refusal(
            Kind kind, String code, Map<String, String> fields, List<Object> args, Map<String, Object> properties) {
        super(kind + " " + code + " " + args);
        this.kind = kind;
        this.code = code;
        this.fields = fields;
        this.args = args;
        this.properties = properties;
    }

    public static Refusal of(Kind kind, String code, Object... args) {
        return new Refusal(kind, code, Map.of(), List.of(args), Map.of());
    }

    public static Refusal invalid(String code, Object... args) {
        return of(Kind.INVALID, code, args);
    }

    /** A wrong input field: {@code field} as named in the request body, {@code code} what is wrong with it. */
    public static Refusal invalidField(String field, String code, Object... args) {
        return new Refusal(Kind.INVALID, code, Map.of(field, code), List.of(args), Map.of());
    }

    public static Refusal notFound(String code, Object... args) {
        return of(Kind.NOT_FOUND, code, args);
    }

    public static Refusal conflict(String code, Object... args) {
        return of(Kind.CONFLICT, code, args);
    }

    /** The same refusal with one more property of the problem document, such as the candidates to choose among. */
    public Refusal with(String property, Object value) {
        Map<String, Object> more = new java.util.LinkedHashMap<>(properties);
        more.put(property, value);
        return new Refusal(kind, code, fields, args, more);
    }

    public Map<String, Object> properties() {
        return properties;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public List<Object> args() {
        return args;
    }

    public Map<String, String> fields() {
        return fields;
    }
}
