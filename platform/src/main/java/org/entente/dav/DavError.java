package org.entente.dav;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something asked for by WebDAV that is not done: how RFC 4918 (16) names it, and what a person reads. */
final class DavError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String condition;
    private final String code;
    private final transient List<Object> args;
    private final List<String> hrefs;

    /**
     * @param condition the precondition in the namespace {@code DAV:}; null for none
     * @param code {@code refusal.<code>} of the catalogue
     * @param hrefs what it is about, as addresses
     */
    private DavError(int status, @Nullable String condition, String code, List<Object> args, List<String> hrefs) {
        super(status + " " + code + " " + args, null, false, false);
        this.status = status;
        this.condition = condition;
        this.code = code;
        this.args = args;
        this.hrefs = List.copyOf(hrefs);
    }

    static DavError of(int status, String code, Object... args) {
        return new DavError(status, null, code, List.of(args), List.of());
    }

    static DavError condition(int status, String condition, String code, Object... args) {
        return new DavError(status, condition, code, List.of(args), List.of());
    }

    DavError about(String href) {
        return new DavError(status, condition, code, args, List.of(href));
    }

    int status() {
        return status;
    }

    @Nullable
    String condition() {
        return condition;
    }

    String code() {
        return code;
    }

    List<Object> args() {
        return args;
    }

    List<String> hrefs() {
        return hrefs;
    }
}
