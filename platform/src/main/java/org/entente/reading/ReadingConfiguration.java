package org.entente.reading;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReadingSettings.class, PreviewSettings.class})
class ReadingConfiguration {

    @Bean
    ReaderProcess readerProcess(ReadingSettings settings) {
        return new ReaderProcess(settings);
    }

    @Bean
    OfficeProgram officeProgram(PreviewSettings settings, ReadingSettings reading) {
        return new OfficeProgram(settings, reading);
    }
}
