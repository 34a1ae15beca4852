package org.entente.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.entente.launcher.engine.S3Engine;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** An object store of one Spring context's own: to stop, to kill, and to start again. */
@TestConfiguration(proxyBeanMethods = false)
public class OwnS3 {

    @Bean(destroyMethod = "close")
    S3Engine ownS3() throws IOException, InterruptedException {
        int port = Scratch.freePort();
        Path data = Scratch.folder("s3-" + port);
        return Scratch.untilTheEnd(TestS3.engine(data, port));
    }

    @Bean
    DynamicPropertyRegistrar ownObjectStore(S3Engine ownS3) {
        return registry -> TestS3.settings(registry, ownS3);
    }
}
