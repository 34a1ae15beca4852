package org.entente.scanning;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScanSettings.class)
class ScanConfiguration {

    @Bean
    Clamd clamd(ScanSettings settings) {
        return new Clamd(settings.address());
    }
}
