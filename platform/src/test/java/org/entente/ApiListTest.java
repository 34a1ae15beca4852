package org.entente;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.entente.directory.Needs;
import org.entente.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** docs/developers/api.md ends with the list of every endpoint and the right it asks: the list and the code say the same. */
@SpringBootTest
@Import(TestPostgres.class)
class ApiListTest {

    private static final Path LIST = Path.of(System.getProperty("entente.home", ".."), "docs/developers/api.md");

    private static final String FENCE = "```";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Test
    void everyEndpointIsInTheListOfTheApiAndNothingElse() throws Exception {
        TreeSet<String> real = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith("org.entente.")) {
                real.addAll(lines(mapping, method));
            }
        });

        assertThat(String.join("\n", documented()))
                .as("docs/developers/api.md, last block")
                .isEqualTo(String.join("\n", real));
    }

    private static List<String> lines(RequestMappingInfo mapping, HandlerMethod method) {
        Needs needs = Objects.requireNonNullElseGet(
                AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Needs.class),
                () -> AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Needs.class));
        return mapping.getMethodsCondition().getMethods().stream()
                .flatMap(verb -> mapping.getPatternValues().stream()
                        .map(path -> "%-6s %s  %s".formatted(verb, path, needs.value())))
                .toList();
    }

    private static List<String> documented() throws Exception {
        List<String> lines = Files.readAllLines(LIST);
        int end = lines.lastIndexOf(FENCE);
        int start = lines.subList(0, end).lastIndexOf(FENCE + "endpoints");
        return lines.subList(start + 1, end);
    }
}
