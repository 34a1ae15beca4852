package org.entente.dav.ocs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param path the names after {@code ocs/v2.php}
 * @param address by which the visitor signed in
 * @param authorization the header by which they did
 * @param base of the addresses that the client knows us by, without a slash at its end
 * @param parameters of the query and the body
 */
public record OcsCall(
        String verb,
        List<String> path,
        Visitor visitor,
        String address,
        @Nullable String authorization,
        String base,
        Locale locale,
        Map<String, String> parameters) {

    boolean is(String asked, String... names) {
        return verb.equals(asked) && path.equals(List.of(names));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }
}
