package org.entente.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part of a descriptor that says how an application stands behind the header gateway. */
final class GatewayReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    private static final Pattern PATH = Pattern.compile("/[!-~&&[^\\\\]]{0,300}");

    /** What steers the connection or the message, or is said by the gateway itself, cannot say who comes. */
    private static final Set<String> TAKEN = Set.of(
            "accept",
            "authorization",
            "connection",
            "cookie",
            "date",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "proxy",
            "range",
            "referer",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private static final List<String> TAKEN_FAMILIES =
            List.of("accept-", "content-", "entente-", "if-", "proxy-", "sec-", "x-forwarded-");

    private static final int LONGEST_SILENCE = 3600;

    private static final int USUAL_SILENCE = 60;

    private GatewayReader() {}

    static SignIn.Gateway read(DescriptorNode node) {
        Map<String, DescriptorNode> at = node.fields(
                Set.of("kind", "url", "upstream", "headers"), Set.of("start", "signOut", "signed", "answer"));
        DescriptorNode start = at.get("start");
        DescriptorNode signOut = at.get("signOut");
        return new SignIn.Gateway(
                origin(at.get("url"), true),
                origin(at.get("upstream"), false),
                start == null ? "/" : path(start),
                signOut == null ? null : path(signOut),
                headers(at.get("headers")),
                DescriptorNode.yes(at.get("signed")),
                answer(at.get("answer")));
    }

    /** Two applications cannot have one host name; the first by id keeps it. */
    static List<DescriptorProblem> sameHosts(Collection<Descriptor> descriptors) {
        List<DescriptorProblem> problems = new ArrayList<>();
        Map<String, String> hosts = new HashMap<>();
        descriptors.stream()
                .sorted((a, b) -> a.service().id().compareTo(b.service().id()))
                .forEach(descriptor -> {
                    if (descriptor.service().signIn() instanceof SignIn.Gateway gateway) {
                        String host = URI.create(gateway.url()).getHost();
                        String first =
                                hosts.putIfAbsent(host, descriptor.service().id());
                        if (first != null) {
                            problems.add(DescriptorProblem.of(descriptor.file(), 1, "host.twice", host, first));
                        }
                    }
                });
        return problems;
    }

    /**
     * Scheme, host and port. A path would be one more thing to translate in every address and cookie of the application, which nobody does
     * right: it keeps its own paths.
     *
     * @param seen by browsers: then https, or http to a name of this machine
     */
    private static String origin(@Nullable DescriptorNode node, boolean seen) {
        String text = DescriptorNode.text(node, 300).toLowerCase(Locale.ROOT).replaceFirst("/$", "");
        if (node == null || text.isEmpty()) {
            return text;
        }
        try {
            URI uri = new URI(text);
            String host = String.valueOf(uri.getHost());
            boolean here = host.equals("localhost") || host.endsWith(".localhost") || host.equals("127.0.0.1");
            boolean scheme = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && (here || !seen));
            if (uri.getHost() == null || !scheme || !text.equals(uri.getScheme() + "://" + authority(uri))) {
                node.problem(seen ? "origin.seen" : "origin", text);
            }
        } catch (URISyntaxException e) {
            node.problem(seen ? "origin.seen" : "origin", text);
        }
        return text;
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static String path(DescriptorNode node) {
        String text = DescriptorNode.text(node, 300);
        if (!text.isEmpty()
                && (!PATH.matcher(text).matches() || text.startsWith("//") || text.startsWith(SignIn.Gateway.OURS))) {
            node.problem("gateway.path", text);
        }
        return text;
    }

    private static Map<String, String> headers(@Nullable DescriptorNode node) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (node == null) {
            return headers;
        }
        Set<String> names = new HashSet<>();
        DescriptorNode.settings(node).forEach((name, word) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()
                    || TAKEN.contains(lower)
                    || TAKEN_FAMILIES.stream().anyMatch(lower::startsWith)
                    || !names.add(lower)) {
                node.problem("header", name);
            }
            if (!SignIn.Gateway.WORDS.contains(word)) {
                node.problem("header.word", word, String.join(", ", SignIn.Gateway.WORDS));
            }
            headers.put(name, word);
        });
        if (headers.isEmpty()) {
            node.problem("list.empty");
        }
        return headers;
    }

    private static int answer(@Nullable DescriptorNode node) {
        if (node == null) {
            return USUAL_SILENCE;
        }
        String text = DescriptorNode.text(node, 10);
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= LONGEST_SILENCE) {
            return Integer.parseInt(text);
        }
        node.problem("seconds", text, LONGEST_SILENCE);
        return USUAL_SILENCE;
    }
}
