package org.entente.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.directory.AffiliationKind;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one descriptor, strictly: whatever it does not understand is a problem with a line, never a guess. */
final class DescriptorReader {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int MOST_CHARACTERS = 64 * 1024;

    /** Either a good descriptor, or what is wrong with the file. */
    record Reading(@Nullable Descriptor descriptor, List<DescriptorProblem> problems) {}

    private DescriptorReader() {}

    static Reading read(String file, String yaml) {
        DescriptorNode.Problems problems = new DescriptorNode.Problems(file);
        Node root;
        try {
            root = compose(yaml);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.at(line, "yaml", String.valueOf(e.getProblem()));
            return new Reading(null, problems.found());
        } catch (YAMLException e) {
            problems.at(1, "yaml", String.valueOf(e.getMessage()));
            return new Reading(null, problems.found());
        }
        if (root == null) {
            problems.at(1, "empty");
            return new Reading(null, problems.found());
        }
        Descriptor descriptor = descriptor(new DescriptorNode(root, "", problems), file, hash(yaml));
        return problems.found().isEmpty() ? new Reading(descriptor, List.of()) : new Reading(null, problems.found());
    }

    private static @Nullable Node compose(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(8);
        options.setMaxAliasesForCollections(0);
        if (yaml.length() > MOST_CHARACTERS) {
            throw new YAMLException("more than " + MOST_CHARACTERS + " characters");
        }
        return new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(yaml));
    }

    private static Descriptor descriptor(DescriptorNode root, String file, String hash) {
        Map<String, DescriptorNode> at = root.fields(
                Set.of("id", "name", "summary", "icon", "category", "signIn", "roles", "suits"),
                Set.of("needs", "connector", "everyone", "secondFactor"));
        DescriptorNode connector = at.get("connector");
        Map<String, DescriptorNode> connecting =
                connector == null ? Map.of() : connector.fields(Set.of("kind"), Set.of("settings"));
        Service service = new Service(
                word(at.get("id"), ID),
                words(at.get("name"), 60),
                words(at.get("summary"), 200),
                word(at.get("icon"), WORD),
                word(at.get("category"), WORD),
                SignInReader.read(at.get("signIn")),
                list(at.get("roles"), WORD, true),
                kinds(at.get("suits")),
                list(at.get("needs"), ID, false),
                DescriptorNode.yes(at.get("everyone")),
                DescriptorNode.yes(at.get("secondFactor")),
                connector == null ? null : word(connecting.get("kind"), WORD));
        if (service.secondFactor() && !service.signIn().canAskForSecondFactor()) {
            Objects.requireNonNull(at.get("secondFactor")).problem("secondFactor.only");
        }
        if (service.needs().contains(service.id())) {
            root.problem("needs.itself");
        }
        return new Descriptor(service, DescriptorNode.settings(connecting.get("settings")), file, hash);
    }

    private static Words words(@Nullable DescriptorNode node, int most) {
        if (node == null) {
            return new Words("", "");
        }
        Map<String, DescriptorNode> both = node.fields(Set.of("fr", "en"), Set.of());
        return new Words(DescriptorNode.text(both.get("fr"), most), DescriptorNode.text(both.get("en"), most));
    }

    private static String word(@Nullable DescriptorNode node, Pattern pattern) {
        String text = DescriptorNode.text(node, 40);
        if (node != null && !text.isEmpty() && !pattern.matcher(text).matches()) {
            node.problem("word", text);
        }
        return text;
    }

    private static List<String> list(@Nullable DescriptorNode node, Pattern pattern, boolean needed) {
        List<DescriptorNode> items = DescriptorNode.items(node);
        if (node != null && needed && items.isEmpty()) {
            node.problem("list.empty");
        }
        return items.stream().map(item -> word(item, pattern)).distinct().toList();
    }

    private static Set<AffiliationKind> kinds(@Nullable DescriptorNode node) {
        EnumSet<AffiliationKind> kinds = EnumSet.noneOf(AffiliationKind.class);
        for (DescriptorNode item : DescriptorNode.items(node)) {
            String text = DescriptorNode.text(item, 20);
            try {
                kinds.add(AffiliationKind.of(text));
            } catch (IllegalArgumentException e) {
                item.problem("kind", text);
            }
        }
        if (node != null && kinds.isEmpty()) {
            node.problem("list.empty");
        }
        return kinds;
    }

    static List<String> urls(@Nullable DescriptorNode node) {
        List<DescriptorNode> items = DescriptorNode.items(node);
        if (node != null && items.isEmpty()) {
            node.problem("list.empty");
        }
        return items.stream().map(DescriptorReader::url).toList();
    }

    /** https, or http to this machine; never another scheme, since a tile becomes a link. */
    static String url(@Nullable DescriptorNode node) {
        String text = DescriptorNode.text(node, 500);
        if (node == null || text.isEmpty()) {
            return text;
        }
        if (!isUrl(text)) {
            node.problem("url", text);
        }
        return text;
    }

    static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean here = Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String hash(String yaml) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
