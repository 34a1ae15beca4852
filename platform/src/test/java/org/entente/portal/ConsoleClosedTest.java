package org.entente.portal;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPostgres.class)
class ConsoleClosedTest {

    @Autowired
    MockMvc mvc;

    @Test
    void withoutASecretThereIsNoConsole() throws Exception {
        mvc.perform(post("/console/audit-verify").header("Authorization", "Bearer "))
                .andExpect(status().isUnauthorized());
        mvc.perform(post("/console/audit-verify")).andExpect(status().isUnauthorized());
    }
}
