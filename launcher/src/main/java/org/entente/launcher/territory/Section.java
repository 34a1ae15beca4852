package org.entente.launcher.territory;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.launcher.Trouble;
import org.jspecify.annotations.Nullable;

/** One part of {@code entente.yaml}, which refuses what it does not know: a misspelt setting must not be silently ignored. */
final class Section {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String path;
    private final Map<?, ?> values;
    private final Map<String, String> environment;
    private final TreeSet<String> known = new TreeSet<>();

    Section(String path, Map<?, ?> values, Map<String, String> environment) {
        this.path = path;
        this.values = values;
        this.environment = environment;
    }

    Section section(String name) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            return new Section(path + name + ".", Map.of(), environment);
        }
        if (value instanceof Map<?, ?> map) {
            return new Section(path + name + ".", map, environment);
        }
        throw new Trouble("entente.yaml: " + path + name + " has settings of its own, one a line below it.");
    }

    @Nullable
    String text(String name) {
        known.add(name);
        Object value = values.get(name);
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
            throw new Trouble("entente.yaml: " + path + name + " is one value.");
        }
        return fromEnvironment(name, value.toString().strip());
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A setting that another one asks for. */
    String needed(String name, String because) {
        String value = text(name);
        if (value == null) {
            throw new Trouble("entente.yaml: " + path + name + " is missing, because " + because + ".");
        }
        return value;
    }

    int port(String name, int otherwise) {
        String value = text(name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new Trouble(
                    "entente.yaml: " + path + name + " is a port, a number from 1 to 65535, not \"" + value + "\".");
        }
        return Integer.parseInt(value);
    }

    /** To be called once all was read. */
    void refuseUnknown() {
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new Trouble("entente.yaml: there is no setting \"" + path + key + "\". Known here: "
                        + String.join(", ", known) + ".");
            }
        }
    }

    private String fromEnvironment(String name, String value) {
        Matcher variable = VARIABLE.matcher(value);
        return variable.replaceAll(found -> {
            String known = environment.get(found.group(1));
            if (known == null) {
                throw new Trouble("entente.yaml: " + path + name + " asks for the environment variable "
                        + found.group(1) + ", which is not set.");
            }
            return Matcher.quoteReplacement(known);
        });
    }
}
