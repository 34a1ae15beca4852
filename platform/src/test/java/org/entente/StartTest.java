package org.entente;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@Import(TestPostgres.class)
class StartTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyRoomThatHasMigrationsOwnsItsSchema() {
        assertThat(jdbc.sql("SELECT base.plain('Éléonore D’Haënens-Ñuñez')")
                        .query(String.class)
                        .single())
                .isEqualTo("eleonore d haenens nunez");
        assertThat(jdbc.sql("SELECT count(*) FROM directory.v_affiliation")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
