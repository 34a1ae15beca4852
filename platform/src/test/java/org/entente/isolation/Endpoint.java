package org.entente.isolation;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.entente.directory.MemberId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** One way to call the platform, found by itself: whatever a room adds later is tried too. */
record Endpoint(HttpMethod method, String pattern, HandlerMethod handler, Right right) {

    static List<Endpoint> all(RequestMappingHandlerMapping mapping) {
        return mapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getName().startsWith("org.entente."))
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .flatMap(pattern -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Endpoint(
                                        method.asHttpMethod(), pattern, entry.getValue(), right(entry.getValue())))))
                .sorted(java.util.Comparator.comparing(Endpoint::toString))
                .toList();
    }

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private static Right right(HandlerMethod handler) {
        Needs needs = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Needs.class);
        return (needs == null ? AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Needs.class) : needs)
                .value();
    }

    boolean ofAMember() {
        return pattern.contains("/{member}");
    }

    /** The call on {@code target}, with every other id taken from {@code samples}. */
    AbstractMockHttpServletRequestBuilder<?> call(MemberId target, Samples samples, JsonMapper json) {
        Map<String, Object> path = new LinkedHashMap<>();
        path.put("member", target.toString());
        AbstractMockHttpServletRequestBuilder<?> call = null;
        for (Parameter parameter : handler.getMethod().getParameters()) {
            PathVariable variable = parameter.getAnnotation(PathVariable.class);
            if (variable != null) {
                String name = name(variable.name(), variable.value(), parameter);
                if (!name.equals("member")) {
                    path.put(name, samples.text(name, parameter.getType()));
                }
            }
        }
        // What a doorkeeper reads of the address, and the endpoint does not.
        PLACE.matcher(pattern)
                .results()
                .map(place -> place.group(1))
                .forEach(place -> path.computeIfAbsent(place, name -> samples.text(name, String.class)));
        java.net.URI uri = UriComponentsBuilder.fromPath(pattern)
                .buildAndExpand(path)
                .encode()
                .toUri();
        for (Parameter parameter : handler.getMethod().getParameters()) {
            if (Samples.isFile(parameter.getType())) {
                RequestParam named = parameter.getAnnotation(RequestParam.class);
                String name = named == null ? parameter.getName() : name(named.name(), named.value(), parameter);
                var upload = multipart(method, uri);
                upload.file(new MockMultipartFile(
                        name, "essai.csv", "text/csv", "nom;prenom\nEssai;Essai\n".getBytes(StandardCharsets.UTF_8)));
                call = upload;
            }
        }
        if (call == null) {
            call = request(method, uri);
        }
        for (Parameter parameter : handler.getMethod().getParameters()) {
            RequestParam asked = parameter.getAnnotation(RequestParam.class);
            if (asked != null && asked.required() && !Samples.isFile(parameter.getType())) {
                String name = name(asked.name(), asked.value(), parameter);
                call.param(
                        name, parameter.getType() == String.class ? "essai" : samples.text(name, parameter.getType()));
            }
            if (parameter.isAnnotationPresent(RequestBody.class)) {
                call.contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(samples.body(parameter.getParameterizedType(), 0)));
            }
        }
        return call;
    }

    private static String name(String name, String value, Parameter parameter) {
        return !name.isEmpty() ? name : !value.isEmpty() ? value : parameter.getName();
    }

    @Override
    public String toString() {
        return pattern + " " + method;
    }
}
