package org.entente.dav.ocs;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Leads a call to who answers it, and says its answer or its refusal as OCS does: in the body, and in version 2 also by the status. */
@Component
public class Ocs {

    /** Who is not signed in, in OCS's own numbers. */
    private static final int STRANGER = 997;

    private final List<OcsEndpoint> endpoints;
    private final OcsWriter writer;
    private final Capabilities capabilities;
    private final JsonMapper json;
    private final MessageSource messages;

    Ocs(
            List<OcsEndpoint> endpoints,
            OcsWriter writer,
            Capabilities capabilities,
            JsonMapper json,
            MessageSource messages) {
        this.endpoints = endpoints;
        this.writer = writer;
        this.capabilities = capabilities;
        this.json = json;
        this.messages = messages;
    }

    /** Signs the visitor in, once it is clear that it is needed. */
    public interface Who {

        /** @throws Refusal UNAUTHENTICATED */
        Known ask();
    }

    /** @param address by which they signed in */
    public record Known(Visitor visitor, String address) {}

    public static boolean isOurs(List<String> names) {
        return !names.isEmpty() && names.getFirst().equals("ocs");
    }

    /**
     * @param names of the address
     * @param base of the addresses that the client knows us by
     */
    public void answer(
            List<String> names,
            HttpServletRequest request,
            HttpServletResponse response,
            Who who,
            String base,
            Locale locale)
            throws IOException {
        boolean second = names.size() > 1 && names.get(1).equals("v2.php");
        boolean asJson = asJson(request);
        try {
            Object data = data(names, second, request, who, base, locale);
            writer.write(response, asJson, second ? 200 : 100, "OK", data);
        } catch (Refusal refusal) {
            int code = code(refusal);
            boolean stranger = refusal.kind() == Refusal.Kind.UNAUTHENTICATED;
            response.setStatus(second || stranger || refusal.code().equals("ocs.header") ? code : 200);
            if (refusal.kind() == Refusal.Kind.TOO_MANY || refusal.kind() == Refusal.Kind.UNAVAILABLE) {
                response.setHeader("Retry-After", "30");
            }
            writer.write(response, asJson, stranger ? STRANGER : code, text(refusal, locale), List.of());
        }
    }

    private Object data(
            List<String> names, boolean second, HttpServletRequest request, Who who, String base, Locale locale)
            throws IOException {
        if (names.size() < 3 || !second && !names.get(1).equals("v1.php")) {
            throw Refusal.notFound("dav.unknown");
        }
        List<String> path = List.copyOf(names.subList(2, names.size()));
        boolean asksWhatIsHere = request.getMethod().equals("GET") && path.equals(List.of("cloud", "capabilities"));
        if (asksWhatIsHere && request.getHeader("Authorization") == null) {
            return capabilities.toStrangers(base);
        }
        // A page of another site can have a browser send its kept password, but not this header.
        if (!asksWhatIsHere && !"true".equalsIgnoreCase(request.getHeader("OCS-APIRequest"))) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "ocs.header");
        }
        Known known = who.ask();
        OcsCall call = new OcsCall(
                request.getMethod(),
                path,
                known.visitor(),
                known.address(),
                request.getHeader("Authorization"),
                base,
                locale,
                OcsParameters.of(request, json));
        return endpoints.stream()
                .map(endpoint -> endpoint.answer(call))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("dav.unknown"));
    }

    private static boolean asJson(HttpServletRequest request) {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
        return List.of(query.split("&")).contains("format=json") || accept.contains("application/json");
    }

    private static int code(Refusal refusal) {
        if (refusal.code().equals("ocs.header")) {
            return 412;
        }
        return switch (refusal.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    private String text(Refusal refusal, Locale locale) {
        return Objects.requireNonNullElse(
                messages.getMessage("refusal." + refusal.code(), refusal.args().toArray(), refusal.code(), locale),
                refusal.code());
    }

    /** What is told in the order in which it was put. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
