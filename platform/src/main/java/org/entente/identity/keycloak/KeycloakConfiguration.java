package org.entente.identity.keycloak;

import org.entente.identity.PortalClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeycloakSettings.class)
class KeycloakConfiguration {

    @Bean
    PortalClient portalClient(KeycloakSettings settings, ClientSecrets secrets) {
        return new PortalClient(PortalClient.ID, secrets.of(PortalClient.ID), settings.issuer());
    }
}
