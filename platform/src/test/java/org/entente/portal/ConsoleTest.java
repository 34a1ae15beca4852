package org.entente.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.PrintWriter;
import java.util.Map;
import org.entente.base.ConsoleCommand;
import org.entente.base.Refusal;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@SpringBootTest(properties = "entente.console.token=a-secret-of-the-console")
@AutoConfigureMockMvc
@Import({TestPostgres.class, ConsoleTest.Commands.class})
class ConsoleTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Commands {
        @Bean
        ConsoleCommand echo() {
            return command("echo", (args, out) -> {
                out.println("bonjour " + args.get("to") + " " + args.get("times") + " é");
                return !args.containsKey("fail");
            });
        }

        @Bean
        ConsoleCommand refusing() {
            return command("refusing", (args, out) -> {
                throw Refusal.invalid("siren.invalid", "12");
            });
        }

        @Bean
        ConsoleCommand broken() {
            return command("broken", (args, out) -> {
                throw new IllegalStateException("inner detail");
            });
        }

        interface Body {
            boolean run(Map<String, String> args, PrintWriter out);
        }

        private static ConsoleCommand command(String name, Body body) {
            return new ConsoleCommand() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public boolean run(Map<String, String> args, PrintWriter out) {
                    return body.run(args, out);
                }
            };
        }
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    private MockHttpServletRequestBuilder console(String name) {
        return post("/console/" + name)
                .header("Authorization", "Bearer a-secret-of-the-console")
                .contentType(MediaType.APPLICATION_JSON);
    }

    @Test
    void aCommandSpeaksToTheTerminalAndEndsWithItsExitCode() throws Exception {
        mvc.perform(console("echo").content("{\"to\": \"Givors\", \"times\": 3}"))
                .andExpect(status().isOk())
                .andExpect(content().contentType("text/plain;charset=UTF-8"))
                .andExpect(content().string("bonjour Givors 3 é\nexit: 0\n"));
        mvc.perform(console("echo").content("{\"fail\": \"\"}"))
                .andExpect(content().string(endsWith("exit: 1\n")));
    }

    @Test
    void itsUseIsInTheLedgerWithoutTheValuesOfOptions() throws Exception {
        mvc.perform(console("echo").content("{\"to\": \"a secret value\"}"));

        assertThat(jdbc.sql("SELECT after FROM audit.v_entry WHERE act = 'console.used' ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"options\":[\"to\"]}");
    }

    @Test
    void anUnknownNameListsTheCommands() throws Exception {
        String said = mvc.perform(console("nonsense")).andReturn().getResponse().getContentAsString();

        assertThat(said).contains("  audit-verify\n", "  echo\n").endsWith("exit: 1\n");
    }

    @Test
    void aRefusalIsSaidInWordsAndAFailureByItsReference() throws Exception {
        mvc.perform(console("refusing"))
                .andExpect(
                        content()
                                .string(
                                        "« 12 » n’est pas un numéro SIREN : neuf chiffres sont attendus, dont le dernier est une clé de contrôle.\nexit: 1\n"));
        String said = mvc.perform(console("broken")).andReturn().getResponse().getContentAsString();

        assertThat(said).contains("Référence").doesNotContain("inner detail").endsWith("exit: 1\n");
    }

    @Test
    void itIsClosedToWhoeverDoesNotKnowTheSecretOrComesFromElsewhere() throws Exception {
        mvc.perform(post("/console/echo")).andExpect(status().isUnauthorized());
        mvc.perform(post("/console/echo").header("Authorization", "Bearer wrong"))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("console.closed"))
                .andExpect(jsonPath("$.request").isNotEmpty());
        mvc.perform(console("echo").with(request -> {
                    request.setRemoteAddr("192.0.2.7");
                    return request;
                }))
                .andExpect(status().isUnauthorized());
        mvc.perform(console("echo").header("X-Forwarded-For", "127.0.0.1")).andExpect(status().isUnauthorized());
    }
}
