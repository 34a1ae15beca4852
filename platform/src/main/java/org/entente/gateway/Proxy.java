package org.entente.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.coyote.CloseNowException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Passes one request on and its answer back, as they come: nothing is gathered, in either direction. */
@Component
class Proxy {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private static final int CHUNK = 16 * 1024;

    /** How long a request waits while all connections to its application are in use. */
    private static final Duration QUEUE = Duration.ofSeconds(5);

    private final CloseableHttpClient applications;
    private final SaysWhoComes who;
    private final LiveExchanges live;
    private final Pages pages;
    private final Apps apps;

    Proxy(CloseableHttpClient applications, SaysWhoComes who, LiveExchanges live, Pages pages, Apps apps) {
        this.applications = applications;
        this.who = who;
        this.live = live;
        this.pages = pages;
        this.apps = apps;
    }

    /** What becomes of the application's answer. */
    private interface Answered {
        void by(ClassicHttpResponse answer, LiveExchanges.Exchange exchange) throws IOException;
    }

    void pass(HttpServletRequest request, HttpServletResponse response, App app, Visit visit, String path)
            throws IOException {
        ask(request, response, app, visit, path, (answer, exchange) -> back(answer, exchange, request, response, app));
    }

    /** The application ends its own session; where it would lead then is not followed, as that would only let the person in again. */
    void passSignOut(HttpServletRequest request, HttpServletResponse response, App app, Visit visit, String path)
            throws IOException {
        ask(
                request,
                response,
                app,
                visit,
                path,
                (answer, exchange) -> Passing.cookiesBack(headers(answer), app)
                        .forEach(cookie -> response.addHeader(cookie.name(), cookie.value())));
        if (!response.isCommitted()) {
            response.resetBuffer(); // of a page that said the application does not answer
            Pages.plain(response);
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", apps.portal("/"));
        }
    }

    private void ask(
            HttpServletRequest request,
            HttpServletResponse response,
            App app,
            Visit visit,
            String path,
            Answered answered)
            throws IOException {
        HttpUriRequestBase asked =
                new HttpUriRequestBase(request.getMethod(), URI.create(app.how().upstream() + "/"));
        asked.setPath(path);
        asked.setAuthority(
                new URIAuthority(app.host(), URI.create(app.how().url()).getPort()));
        asked.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(QUEUE))
                .setResponseTimeout(Timeout.ofSeconds(app.how().answer()))
                .build());
        Passing.towards(request, app, who.headers(app, visit))
                .forEach(header -> asked.addHeader(header.name(), header.value()));
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            asked.setEntity(new InputStreamEntity(request.getInputStream(), request.getContentLengthLong(), null));
        }
        try (LiveExchanges.Exchange exchange = live.begins(visit, false, asked::abort);
                ClassicHttpResponse answer = applications.executeOpen(app.upstream(), asked, null)) {
            answered.by(answer, exchange);
        } catch (ConnectionRequestTimeoutException e) {
            failed(request, response, app, 503, "busy", e);
        } catch (ConnectTimeoutException e) {
            failed(request, response, app, 502, "down", e);
        } catch (SocketTimeoutException e) {
            failed(request, response, app, 504, "slow", e);
        } catch (IOException e) {
            failed(request, response, app, 502, "down", e);
        }
    }

    private void back(
            ClassicHttpResponse answer,
            LiveExchanges.Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            App app)
            throws IOException {
        if (answer.getCode() < 200) {
            throw new IOException("answered " + answer.getCode() + " to what was no upgrade");
        }
        HttpEntity entity = answer.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        byte[] chunk = new byte[CHUNK];
        response.setStatus(answer.getCode());
        Passing.back(headers(answer), app).forEach(header -> response.addHeader(header.name(), header.value()));
        length(answer, entity, request, response);
        if (entity != null && String.valueOf(entity.getContentType()).startsWith("text/event-stream")) {
            exchange.hasNoEnd();
        }
        response.flushBuffer();
        OutputStream out = response.getOutputStream();
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            out.write(chunk, 0, read);
            out.flush(); // an event is worth nothing while it waits for the next one
        }
    }

    /** Of a body that comes, or that would have come to a GET. */
    private static void length(
            ClassicHttpResponse answer, HttpEntity entity, HttpServletRequest request, HttpServletResponse response) {
        if (entity != null && entity.getContentLength() >= 0) {
            response.setContentLengthLong(entity.getContentLength());
        } else if ("HEAD".equals(request.getMethod()) && answer.getFirstHeader("Content-Length") != null) {
            response.setHeader(
                    "Content-Length", answer.getFirstHeader("Content-Length").getValue());
        }
    }

    private static List<Passing.Header> headers(ClassicHttpResponse answer) {
        return Arrays.stream(answer.getHeaders())
                .map(header -> new Passing.Header(header.getName(), header.getValue()))
                .toList();
    }

    /** Once the answer has begun there is no other way to say that it is not whole than to break off. */
    private void failed(
            HttpServletRequest request, HttpServletResponse response, App app, int status, String what, Exception why)
            throws IOException {
        log.info("{} {}: {}", app.id(), what, why.toString());
        if (response.isCommitted()) {
            throw new CloseNowException("Broken off", why);
        }
        response.reset();
        pages.answer(
                request,
                response,
                status,
                what,
                app,
                List.of(new Pages.Link(pages.text(request, "gateway.home"), apps.portal("/"))));
    }
}
