package org.entente.identity.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds what of any request can come to memory or disk. What may be larger is told here and nothing else is: forms with files, which have a limit of their own
 * (the server's), go to disk and are looked at only once it is known who sends them; and the rooms files and office, where the body itself is a file, read as it comes and
 * bounded by the quota of where it goes, or by the room. Applications behind the gateway and WebDAV are answered before, by filters of their own that read as it comes.
 */
class BodyLimit extends OncePerRequestFilter {

    private static final long MOST = 1024L * 1024;

    private static final Pattern FILE_PUT = Pattern.compile("/api/files/nodes/[0-9a-fA-F-]{36}/files");
    private static final Pattern FILE_PART = Pattern.compile("(/api/files|/l/[A-Za-z0-9_-]+)/uploads/[0-9a-fA-F-]{36}");

    private static final Pattern WRITTEN_TOGETHER =
            Pattern.compile("/api/office/[0-9a-fA-F-]{36}/(seed|save|copy|state)");

    /** As sent: an address that is written in another way is bounded. */
    private static final Pattern FORM = Pattern.compile("/api/[A-Za-z0-9/-]+|/l/[A-Za-z0-9_-]+/files");

    private final HandlerExceptionResolver problems;

    BodyLimit(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // The server reads a form by itself, past what bounds it here: without its length it cannot be let in.
        if (request.getContentLengthLong() > MOST || (isForm(request) && request.getContentLengthLong() < 0)) {
            problems.resolveException(request, response, null, tooLarge());
            return;
        }
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletInputStream getInputStream() throws IOException {
                        return new Bounded(super.getInputStream());
                    }

                    @Override
                    public BufferedReader getReader() throws IOException {
                        String charset = Objects.requireNonNullElse(getCharacterEncoding(), UTF_8.name());
                        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
                    }
                },
                response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return isAFile(request.getMethod(), path)
                || (isForm(request)
                        && request.getMethod().equals("POST")
                        && FORM.matcher(path).matches());
    }

    /** A form with files in it, in any of the ways of saying so that the server understands. */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static boolean isAFile(String method, String path) {
        return (method.equals("PUT")
                        && (FILE_PUT.matcher(path).matches()
                                || WRITTEN_TOGETHER.matcher(path).matches()))
                || (method.equals("PATCH") && FILE_PART.matcher(path).matches());
    }

    private static Refusal tooLarge() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "request.413");
    }

    /** For senders that do not say how much will come. */
    private static final class Bounded extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        Bounded(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = body.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > MOST) {
                throw tooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
