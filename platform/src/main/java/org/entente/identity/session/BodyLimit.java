package org.entente.identity.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.entente.base.Refusal;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds what the JSON API reads into memory; files come as forms, which have a limit of their own and go to disk. Where the body itself is a file (the room
 * files), it is read as it comes and bounded by the quota of where it goes.
 */
class BodyLimit extends OncePerRequestFilter {

    private static final long MOST = 1024L * 1024;

    private static final Pattern FILE_PUT = Pattern.compile("/api/files/nodes/[0-9a-fA-F-]{36}/files");
    private static final Pattern FILE_PART = Pattern.compile("/api/files/uploads/[0-9a-fA-F-]{36}");

    private final HandlerExceptionResolver problems;

    BodyLimit(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MOST) {
            problems.resolveException(request, response, null, tooLarge());
            return;
        }
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletInputStream getInputStream() throws IOException {
                        return new Bounded(super.getInputStream());
                    }
                },
                response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return !(request.getRequestURI().startsWith("/api/")
                        || request.getRequestURI().startsWith("/scim/")
                        || request.getRequestURI().startsWith("/engine/"))
                || (type != null && type.startsWith("multipart/"))
                || isAFile(request.getMethod(), request.getRequestURI());
    }

    private static boolean isAFile(String method, String path) {
        return (method.equals("PUT") && FILE_PUT.matcher(path).matches())
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
