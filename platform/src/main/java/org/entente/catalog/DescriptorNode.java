package org.entente.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One place in a descriptor: reads what should be there and notes, with its line, what is not. */
record DescriptorNode(Node node, String path, Problems problems) {

    /** What was found wrong with one file. */
    static final class Problems {
        private final String file;
        private final List<DescriptorProblem> found = new ArrayList<>();

        Problems(String file) {
            this.file = file;
        }

        void at(int line, String code, Object... args) {
            DescriptorProblem problem = DescriptorProblem.of(file, line, code, args);
            if (!found.contains(problem)) {
                found.add(problem);
            }
        }

        List<DescriptorProblem> found() {
            return List.copyOf(found);
        }
    }

    void problem(String code, Object... args) {
        Object[] all = new Object[args.length + 1];
        all[0] = path;
        System.arraycopy(args, 0, all, 1, args.length);
        problems.at(node.getStartMark().getLine() + 1, code, all);
    }

    /** The fields of this mapping; missing and unknown ones are problems. */
    Map<String, DescriptorNode> fields(Set<String> needed, Set<String> allowed) {
        Map<String, DescriptorNode> fields = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem("mapping");
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            DescriptorNode field = at(tuple.getValueNode(), key);
            if (!needed.contains(key) && !allowed.contains(key)) {
                at(tuple.getKeyNode(), key).problem("unknown");
            } else if (fields.put(key, field) != null) {
                at(tuple.getKeyNode(), key).problem("twice");
            }
        }
        for (String key : needed) {
            if (!fields.containsKey(key)) {
                at(node, key).problem("missing");
            }
        }
        return fields;
    }

    static List<DescriptorNode> items(@Nullable DescriptorNode at) {
        if (at == null) {
            return List.of();
        }
        if (!(at.node instanceof SequenceNode sequence)) {
            at.problem("list");
            return List.of();
        }
        return sequence.getValue().stream()
                .map(item -> new DescriptorNode(item, at.path, at.problems))
                .toList();
    }

    static String text(@Nullable DescriptorNode at, int most) {
        if (at == null) {
            return "";
        }
        if (!(at.node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            at.problem("text");
            return "";
        }
        String text = scalar.getValue().strip();
        if (text.length() > most) {
            at.problem("long", most);
            return "";
        }
        return text;
    }

    static boolean yes(@Nullable DescriptorNode at) {
        String text = at == null ? "false" : text(at, 10);
        if (at != null && !Set.of("true", "false").contains(text)) {
            at.problem("yes", text);
        }
        return text.equals("true");
    }

    /** Free settings of a connector; one that looks like a secret has to be a reference. */
    static Map<String, String> settings(@Nullable DescriptorNode at) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (at == null) {
            return settings;
        }
        if (!(at.node instanceof MappingNode mapping)) {
            at.problem("mapping");
            return settings;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            DescriptorNode value = at.at(tuple.getValueNode(), key);
            String text = text(value, 1000);
            if (key.matches("(?i).*(secret|password|token|key)$") && !Secrets.isReference(text)) {
                value.problem("secret.plain");
            }
            settings.put(key, text);
        }
        return settings;
    }

    private DescriptorNode at(Node place, String key) {
        return new DescriptorNode(place, path.isEmpty() ? key : path + "." + key, problems);
    }
}
