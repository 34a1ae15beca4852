package org.entente.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.entente.testing.TestActors;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** Nothing of the application leaks: see {@link Isolation}. */
@SpringBootTest
@Import({TestPostgres.class, TestActors.class})
class IsolationTest extends Isolation {

    @Test
    void everyEndpointAnswersEveryRoleAsTheRightsSay() throws Exception {
        List<Endpoint> endpoints = endpoints();

        assertThat(endpoints).hasSizeGreaterThan(20);
        assertThat(faultsOf(endpoints)).isEmpty();
    }
}
