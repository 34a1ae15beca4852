package org.entente.base;

import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

class ProblemsTest {

    record Picky(String value) {
        Picky {
            if (value.length() < 3) {
                throw Refusal.invalidField("value", "siren.invalid", value);
            }
        }
    }

    @RestController
    static class Doors {
        @GetMapping("/broken")
        void broken() {
            throw new IllegalStateException("inner detail");
        }

        @GetMapping("/thing/{id}")
        void thing(@PathVariable UUID id) {}

        @GetMapping("/number")
        void number(@RequestParam int n) {}

        @PostMapping("/picky")
        void picky(@RequestBody Picky body) {}
    }

    private MockMvc mvc;

    @BeforeEach
    void doors() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        mvc = MockMvcBuilders.standaloneSetup(new Doors())
                .setControllerAdvice(new Problems(messages))
                .addFilters(new RequestId())
                .setLocaleResolver(new FixedLocaleResolver(Locale.FRENCH))
                .build();
    }

    @Test
    void aFailureTellsNothingButTheNameOfTheRequest() throws Exception {
        mvc.perform(get("/broken").header("X-Request-Id", "from-the-proxy-1"))
                .andExpect(status().isInternalServerError())
                .andExpect(header().string("X-Request-Id", "from-the-proxy-1"))
                .andExpect(jsonPath("$.request").value("from-the-proxy-1"))
                .andExpect(jsonPath("$.detail").value(matchesPattern("Une erreur inattendue.*from-the-proxy-1")));
    }

    @Test
    void aHostileNameOfARequestIsNotTaken() throws Exception {
        mvc.perform(get("/broken").header("X-Request-Id", "a\" b\n<script>"))
                .andExpect(header().string("X-Request-Id", matchesPattern("[0-9a-f-]{13}")));
    }

    @Test
    void whatIsNotEvenAnIdDoesNotExist() throws Exception {
        mvc.perform(get("/thing/nonsense"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("request.404"));
    }

    @Test
    void aWrongParameterOrBodyIsSaidSo() throws Exception {
        mvc.perform(get("/number?n=x"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.code").value("request.400"));
        mvc.perform(post("/picky").contentType(MediaType.APPLICATION_JSON).content("{"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(startsWith("La demande n’a pas été comprise")));
        mvc.perform(get("/picky")).andExpect(status().isMethodNotAllowed());
        mvc.perform(post("/picky").contentType(MediaType.TEXT_PLAIN).content("x"))
                .andExpect(status().isUnsupportedMediaType());
    }

    @Test
    void aValueThatRefusesItsTextSaysWhy() throws Exception {
        mvc.perform(post("/picky").contentType(MediaType.APPLICATION_JSON).content("{\"value\": \"12\"}"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.fields.value").value("siren.invalid"));
    }
}
