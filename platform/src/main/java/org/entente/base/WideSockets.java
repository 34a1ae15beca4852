package org.entente.base;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Files come and go in pieces of 32 KiB and not of 8: each piece is a call of the system, and those are most of what a large file costs. */
@Component
class WideSockets implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private static final String PIECE = String.valueOf(32 * 1024);

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", PIECE);
            connector.setProperty("socket.appWriteBufSize", PIECE);
        });
    }
}
