package org.entente;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.modulith.Modulithic;

/** The one application of a territory: every room of the platform, stateless, run once or many times. */
@SpringBootApplication(
        nameGenerator =
                FullyQualifiedAnnotationBeanNameGenerator.class) // rooms do not ask each other how they call their own
@Modulithic(systemName = "Entente", sharedModules = "base")
public class EntentePlatform {

    public static void main(String[] args) {
        SpringApplication.run(EntentePlatform.class, args);
    }
}
