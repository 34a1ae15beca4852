package org.entente.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Map;
import org.entente.base.Sealed;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code Entente-Identity}: who comes, signed (JWS compact, RFC 7515, ES256), for applications that would rather check than trust their network. For one
 * application, one minute. The key is the territory's own, and lies sealed.
 */
@RestController
class IdentityTokens {

    private static final String PURPOSE = "gateway signing key";

    private static final Duration LASTS = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Sealed sealed;
    private final Apps apps;
    private final Clock clock;
    private volatile @Nullable ECKey known;

    IdentityTokens(JdbcClient jdbc, Sealed sealed, Apps apps, Clock clock) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.apps = apps;
        this.clock = clock;
    }

    /** With what applications check the signature (RFC 7517). */
    @GetMapping("/api/gateway/jwks")
    @Needs(Right.PUBLIC)
    Map<String, Object> keys() {
        return new JWKSet(key().toPublicJWK()).toJSONObject();
    }

    String of(App app, Visit visit) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(apps.portal(""))
                .audience(app.how().url())
                .subject(visit.person().toString())
                .claim("capacity", visit.capacity().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LASTS)));
        app.how().headers().values().forEach(word -> {
            if (visit.words().containsKey(word)) {
                claims.claim(
                        word,
                        word.equals("roles")
                                ? visit.words().get(word)
                                : visit.words().get(word).getFirst());
            }
        });
        ECKey key = key();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
        return token.serialize();
    }

    private ECKey key() {
        ECKey found = known;
        if (found == null) {
            found = kept();
            known = found;
        }
        return found;
    }

    /** Two nodes that start at once agree on the first one's. */
    private ECKey kept() {
        try {
            ECKey made = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            jdbc.sql("INSERT INTO gateway.signing_key (sealed, made_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(sealed.seal(PURPOSE, made.toJSONString()), OffsetDateTime.now(clock))
                    .update();
            return ECKey.parse(sealed.open(
                    PURPOSE,
                    jdbc.sql("SELECT sealed FROM gateway.signing_key")
                            .query(byte[].class)
                            .single()));
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("The signing key of the gateway cannot be used", e);
        }
    }
}
