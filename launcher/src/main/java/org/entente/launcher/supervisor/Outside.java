package org.entente.launcher.supervisor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.entente.launcher.Trouble;
import org.jspecify.annotations.Nullable;

/** A server that others run: never started or stopped, but looked at, so that status tells when it is away. */
final class Outside implements Charge {

    private static final Duration ROUND = Duration.ofSeconds(30);

    private final String name;
    private final String where;
    private final Check check;
    private final Clock clock;
    private volatile EngineStatus status;
    private volatile boolean stopping;

    /** Complains when the server does not serve as it must. */
    interface Check {
        void run() throws Exception;
    }

    Outside(String name, String where, Check check, Clock clock) {
        this.name = name;
        this.where = where;
        this.check = check;
        this.clock = clock;
        this.status = new EngineStatus(name, EngineState.WAITING, where, 0, null, clock.instant(), 0, null);
    }

    static void database(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            if (connection.getMetaData().getDatabaseMajorVersion() < 15) {
                throw new Trouble("PostgreSQL 15 or later is needed; " + url + " is "
                        + connection.getMetaData().getDatabaseProductVersion() + ".");
            }
        } catch (SQLException e) {
            throw new Trouble(
                    "The database " + url + " does not let \"" + user + "\" in: " + e.getMessage()
                            + ". The server, the database and the user that owns it must be there already.",
                    e);
        }
    }

    static void http(String url, IntPredicate good) throws InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            int answer =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (!good.test(answer)) {
                throw new Trouble(url + " answers " + answer + ".");
            }
        } catch (IOException e) {
            throw new Trouble(url + " cannot be reached: " + e, e);
        }
    }

    @Override
    public EngineStatus status() {
        return status;
    }

    @Override
    public void start() throws Exception {
        try {
            check.run();
        } catch (Exception e) {
            become(EngineState.FAILED, e.getMessage());
            throw e;
        }
        become(EngineState.OUTSIDE, null);
    }

    @Override
    public void watch() throws InterruptedException {
        while (!stopping) {
            Thread.sleep(ROUND);
            @Nullable String trouble = trouble();
            EngineState now = trouble == null ? EngineState.OUTSIDE : EngineState.FAILED;
            if (now != status.state()) {
                become(now, trouble);
            }
        }
    }

    private @Nullable String trouble() throws InterruptedException {
        try {
            check.run();
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    private void become(EngineState state, @Nullable String note) {
        status = new EngineStatus(name, state, where, 0, null, clock.instant(), 0, note);
    }
}
