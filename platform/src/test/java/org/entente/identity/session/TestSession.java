package org.entente.identity.session;

import jakarta.servlet.http.Cookie;
import java.time.OffsetDateTime;
import org.entente.base.Secret;
import org.entente.directory.AffiliationId;
import org.entente.directory.PersonId;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** A session of a test: a real row, and the cookie and header that a browser would send. */
public record TestSession(String secret) implements RequestPostProcessor {

    /** Signs in without Keycloak. */
    public static TestSession start(JdbcClient jdbc, PersonId person, AffiliationId acting) {
        String secret = Secret.random();
        OffsetDateTime now = OffsetDateTime.now();
        jdbc.sql("""
                INSERT INTO identity.session (secret, person, acting, device, address, started_at, seen_at, expires_at)
                VALUES (?, ?, ?, 'Test', '192.0.2.1', ?, ?, ?)""")
                .params(Secret.kept(secret), person.value(), acting.value(), now, now, now.plusHours(1))
                .update();
        return new TestSession(secret);
    }

    @Override
    public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
        request.setCookies(new Cookie(SessionCookies.SESSION, secret));
        request.addHeader("X-XSRF-TOKEN", SessionCsrf.of(secret));
        return request;
    }

    /** For a real HTTP client. */
    public void headers(HttpHeaders headers) {
        headers.add(HttpHeaders.COOKIE, SessionCookies.SESSION + "=" + secret);
        headers.set("X-XSRF-TOKEN", SessionCsrf.of(secret));
    }
}
