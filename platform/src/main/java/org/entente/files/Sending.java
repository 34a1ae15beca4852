package org.entente.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * Sends bytes that people brought: whole or a part (RFC 9110, 14), never so that a browser would run them. When the bytes fail on the way, the failure goes
 * on and the connection is broken off: a part is never taken for the whole. When the browser leaves, nothing is said.
 */
final class Sending {

    /** A page made of such a file could do nothing, wherever it is opened. */
    private static final String CONTENT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
            + "media-src 'self'; sandbox; frame-ancestors 'none'";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.US).withZone(ZoneOffset.UTC);

    /** What is sent. */
    record Content(String name, @Nullable String mediaType, long size, String etag, java.time.Instant modifiedAt) {}

    @FunctionalInterface
    interface Part {
        InputStream from(long from, long length) throws IOException;
    }

    private Sending() {}

    static void guard(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", CONTENT);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }

    /** @param shown in its place, where its kind allows it */
    static void send(
            Content content, boolean shown, Part bytes, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String etag = '"' + content.etag() + '"';
        guard(response);
        response.setHeader(HttpHeaders.ETAG, etag);
        response.setHeader(HttpHeaders.LAST_MODIFIED, DATE.format(content.modifiedAt()));
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setHeader(HttpHeaders.CONTENT_TYPE, SafeType.of(content.mediaType()));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                Attachment.of(content.name(), shown && SafeType.isShown(content.mediaType())));
        HttpRange range = range(request, etag);
        long from = range == null ? 0 : first(range, content.size());
        if (range != null && (from < 0 || from >= content.size())) {
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + content.size());
            response.setContentLength(0);
            return;
        }
        long length = range == null ? content.size() : range.getRangeEnd(content.size()) - from + 1;
        boolean headOnly = request.getMethod().equals("HEAD") || length == 0;
        // Opened before anything is said of the length: what cannot be opened is a refusal of another length.
        try (InputStream in = headOnly ? InputStream.nullInputStream() : bytes.from(from, length)) {
            if (range != null) {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + from + "-" + (from + length - 1) + "/" + content.size());
            }
            response.setContentLengthLong(length);
            copy(in, response.getOutputStream());
        }
    }

    /** @return whether all of it went; false when nobody is there any more to take it */
    static boolean copy(InputStream in, OutputStream out) throws IOException {
        byte[] some = new byte[64 * 1024];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            try {
                out.write(some, 0, read);
            } catch (IOException left) {
                return false;
            }
        }
        return true;
    }

    /** Of bytes that can only be had whole. */
    static InputStream part(InputStream in, long from, long length) throws IOException {
        in.skipNBytes(from);
        return new java.io.FilterInputStream(in) {
            private long left = length;

            @Override
            public int read() throws IOException {
                int one = left > 0 ? super.read() : -1;
                left -= one < 0 ? 0 : 1;
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int most) throws IOException {
                int some = left > 0 ? super.read(into, offset, (int) Math.min(most, left)) : -1;
                left -= Math.max(some, 0);
                return some;
            }
        };
    }

    private static boolean isKnown(@Nullable String header, String etag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(etag) || one.equals("W/" + etag));
    }

    /** One range only: who asks for several, or for a part of something else than this, gets all. */
    private static @Nullable HttpRange range(HttpServletRequest request, String etag) {
        String asked = request.getHeader(HttpHeaders.RANGE);
        String only = request.getHeader(HttpHeaders.IF_RANGE);
        if (asked == null || (only != null && !only.equals(etag))) {
            return null;
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(asked);
            return ranges.size() == 1 ? ranges.getFirst() : null;
        } catch (IllegalArgumentException notARange) {
            return null;
        }
    }

    private static long first(HttpRange range, long size) {
        try {
            return range.getRangeStart(size);
        } catch (IllegalArgumentException beyond) {
            return -1;
        }
    }
}
