package org.entente.wopi;

import java.util.Map;

/**
 * What a call was not granted, as [MS-WOPI] has it.
 *
 * <p>{@link #code} is a key of the message catalogue, below {@code refusal.}
 */
final class WopiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;
    private final transient Map<String, Object> body;

    private WopiError(int status, String code, Map<String, String> headers, Map<String, Object> body) {
        super(code);
        this.status = status;
        this.code = code;
        this.headers = headers;
        this.body = body;
    }

    static WopiError of(int status, String code) {
        return new WopiError(status, code, Map.of(), Map.of());
    }

    /** With the header that says more. */
    WopiError with(String header, String value) {
        return new WopiError(status, code, Map.of(header, value), body);
    }

    WopiError saying(Map<String, Object> members) {
        return new WopiError(status, code, headers, members);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> body() {
        return body;
    }
}
