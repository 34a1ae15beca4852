package org.entente.base;

import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** A request that announced more than it brings, and brings nothing any more, holds its place no longer than there is patience with it: Tomcat's own is a minute. */
@Component
class SilentLines implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private final Duration patience;

    SilentLines(@Value("${entente.uploads.patience:30s}") Duration patience) {
        this.patience = patience;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setDisableUploadTimeout(false);
                http.setConnectionUploadTimeout(Math.toIntExact(patience.toMillis()));
            }
        });
    }
}
