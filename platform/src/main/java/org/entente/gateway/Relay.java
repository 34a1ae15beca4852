package org.entente.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Two WebSockets that are one: what comes in at one end goes out at the other, piece by piece, and both end together. */
final class Relay {

    /** The browser's end is opened after the application's, and by the same request: it does not take long. */
    private static final long PATIENCE = 20;

    private final CompletableFuture<Session> toBrowser = new CompletableFuture<>();
    private final CompletableFuture<Session> toApplication = new CompletableFuture<>();
    private volatile Runnable over = () -> {};

    Endpoint browser() {
        return new End(toBrowser, toApplication);
    }

    Endpoint application() {
        return new End(toApplication, toBrowser);
    }

    void whenOver(Runnable then) {
        over = then;
    }

    /** The right to be here has ended. */
    void cut() {
        end(new CloseReason(CloseCodes.VIOLATED_POLICY, "closed"));
    }

    private void end(CloseReason reason) {
        over.run();
        close(toBrowser, reason);
        close(toApplication, reason);
    }

    private static void close(CompletableFuture<Session> end, CloseReason reason) {
        Session session = end.getNow(null);
        end.cancel(false);
        if (session != null && session.isOpen()) {
            try {
                session.close(reason);
            } catch (IOException e) {
                // It is closed, then.
            }
        }
    }

    /** Codes below are told by the protocol itself and never sent (RFC 6455 7.4.1). */
    private static CloseReason sendable(CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        return code == 1005 || code == 1006 || code == 1015
                ? new CloseReason(code == 1005 ? CloseCodes.NORMAL_CLOSURE : CloseCodes.GOING_AWAY, "")
                : reason;
    }

    private final class End extends Endpoint {

        private final CompletableFuture<Session> here;
        private final CompletableFuture<Session> there;

        End(CompletableFuture<Session> here, CompletableFuture<Session> there) {
            this.here = here;
            this.there = there;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxIdleTimeout(0);
            session.addMessageHandler(String.class, (MessageHandler.Partial<String>)
                    (text, last) -> send(other -> other.getBasicRemote().sendText(text, last)));
            session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>)
                    (bytes, last) -> send(other -> other.getBasicRemote().sendBinary(bytes, last)));
            if (!here.complete(session)) {
                close(CompletableFuture.completedFuture(session), new CloseReason(CloseCodes.GOING_AWAY, ""));
            }
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            end(sendable(reason));
        }

        @Override
        public void onError(Session session, @Nullable Throwable failure) {
            end(new CloseReason(CloseCodes.GOING_AWAY, ""));
        }

        private void send(Sending sending) {
            try {
                sending.to(there.get(PATIENCE, TimeUnit.SECONDS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException | TimeoutException | java.util.concurrent.CancellationException e) {
                end(new CloseReason(CloseCodes.GOING_AWAY, ""));
            }
        }
    }

    private interface Sending {
        void to(Session other) throws IOException;
    }
}
