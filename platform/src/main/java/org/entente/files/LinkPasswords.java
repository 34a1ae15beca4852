package org.entente.files;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.entente.base.Refusal;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes the passwords of links, slowly as it must be, on a few threads of its own: on those of requests, as many as there are cores and never given up while
 * they compute, a few strangers would hold up everybody.
 */
@Component
class LinkPasswords implements DisposableBean {

    private static final int THREADS = 2;
    private static final int WAITING = 40;

    private final PasswordEncoder encoder = Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("link-passwords-", 0).daemon().factory());

    String hash(String password) {
        return String.valueOf(encoder.encode(password));
    }

    /** @throws Refusal TOO_MANY {@code file.link.often} when too many are asked at once */
    boolean fits(String password, String hash) {
        Future<Boolean> said;
        try {
            said = threads.submit(() -> encoder.matches(password, hash));
        } catch (RejectedExecutionException full) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "file.link.often");
        }
        try {
            return said.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "request.failed");
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
