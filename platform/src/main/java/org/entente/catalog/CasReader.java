package org.entente.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how one enters a service by CAS. */
final class CasReader {

    private CasReader() {}

    static SignIn read(DescriptorNode node) {
        Map<String, DescriptorNode> at = node.fields(Set.of("kind", "serviceUrls", "initiateUrl"), Set.of("user"));
        DescriptorNode user = at.get("user");
        return new SignIn.Cas(
                serviceUrls(at.get("serviceUrls")),
                user == null ? SignIn.CasUser.PERSISTENT : user(user),
                DescriptorReader.url(at.get("initiateUrl")));
    }

    /** A ticket opens a session for whoever holds it: where it may go is said host by host, and the star comes last. */
    private static List<String> serviceUrls(@Nullable DescriptorNode node) {
        List<String> urls = DescriptorReader.urls(node);
        DescriptorNode.items(node).forEach(item -> {
            String url = DescriptorNode.text(item, 500);
            if (!url.isEmpty() && !url.matches("https?://[^/?#@*]+(/[^#*]*\\*?)?")) {
                item.problem("serviceUrl", url);
            }
        });
        return urls;
    }

    private static SignIn.CasUser user(DescriptorNode node) {
        String text = DescriptorNode.text(node, 20);
        return switch (text) {
            case "persistent" -> SignIn.CasUser.PERSISTENT;
            case "email" -> SignIn.CasUser.EMAIL;
            case "uid" -> SignIn.CasUser.UID;
            default -> {
                node.problem("cas.user", text);
                yield SignIn.CasUser.PERSISTENT;
            }
        };
    }
}
