package org.entente.dav;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.dav.ocs.Places;
import org.entente.files.FileNode;
import org.entente.files.FileProperties.Name;
import org.entente.files.FileThumbnails;
import org.entente.files.NodeId;
import org.entente.files.SpaceRole;
import org.jspecify.annotations.Nullable;

/** The properties that ownCloud's and Nextcloud's clients know a file by. */
final class OwnCloud {

    /** Whether the one who asks has marked it. */
    static final Name FAVOURITE = new Name(XmlOut.OWNCLOUD, "favorite");

    static final Name TAGS = new Name(XmlOut.OWNCLOUD, "tags");

    private OwnCloud() {}

    /** Makes the content of a property. */
    interface Maker {
        @Nullable
        String make(Resource resource, Exchange exchange);
    }

    static final Map<Name, Maker> ALL = Map.ofEntries(
            oc("id", (resource, exchange) -> id(resource, exchange)),
            oc("fileid", (resource, exchange) -> number(resource, exchange)),
            oc("permissions", (resource, exchange) -> permissions(resource)),
            oc("size", (resource, exchange) -> size(resource)),
            oc("checksums", (resource, exchange) -> checksums(resource)),
            oc("owner-id", (resource, exchange) -> exchange.visitor().capacity().toString()),
            oc(
                    "owner-display-name",
                    (resource, exchange) -> Live.escaped(exchange.visitor().name())),
            oc("privatelink", (resource, exchange) -> page(resource, exchange)),
            oc("share-types", (resource, exchange) -> ""),
            oc("data-fingerprint", (resource, exchange) -> ""),
            nc("is-encrypted", (resource, exchange) -> "0"),
            nc("has-preview", (resource, exchange) -> String.valueOf(pictured(resource))),
            nc("mount-type", (resource, exchange) -> ""),
            nc("creation_time", (resource, exchange) -> seconds(made(resource))));

    private static Map.Entry<Name, Maker> oc(String name, Maker maker) {
        return Map.entry(new Name(XmlOut.OWNCLOUD, name), maker);
    }

    private static Map.Entry<Name, Maker> nc(String name, Maker maker) {
        return Map.entry(new Name(XmlOut.NEXTCLOUD, name), maker);
    }

    /**
     * The same as long as the file is, wherever it is moved to: its number, which clients read up to the first letter, and the whole identifier, which no other file has.
     */
    static String id(NodeId node) {
        return "%016d".formatted(node.number()) + "e" + node.toString().replace("-", "");
    }

    /** What we make up at the top is known by whose it is, and where. */
    private static String id(Resource resource, Exchange exchange) {
        return resource.node() == null
                ? id(madeUp(resource, exchange))
                : id(resource.node().id());
    }

    private static String number(Resource resource, Exchange exchange) {
        NodeId id = resource.node() == null
                ? madeUp(resource, exchange)
                : resource.node().id();
        return String.valueOf(id.number());
    }

    private static NodeId madeUp(Resource resource, Exchange exchange) {
        String said = exchange.visitor().capacity() + "/" + resource.path().size();
        return new NodeId(UUID.nameUUIDFromBytes(said.getBytes(UTF_8)));
    }

    /**
     * G: may be read, S: somebody else's, R: it may be said who else may, C and K: files and folders may be made in it, W: may be written, D: thrown away, N: renamed, V: moved.
     */
    static String permissions(Resource resource) {
        FileNode node = resource.node();
        if (node == null) {
            return "G";
        }
        String whose = resource.kind() == Resource.Kind.ENTRY && resource.space() == null ? "S" : "";
        String may = whose + (node.role().allows(SpaceRole.MANAGE) ? "RG" : "G");
        if (!node.role().allows(SpaceRole.EDIT)) {
            return may;
        }
        return may + (resource.movable() ? "DNV" : "") + (resource.folder() ? "CK" : "W");
    }

    static String tags(List<String> names) {
        StringBuilder out = new StringBuilder();
        names.forEach(name -> out.append("<oc:tag>").append(Live.escaped(name)).append("</oc:tag>"));
        return out.toString();
    }

    private static boolean pictured(Resource resource) {
        FileNode node = resource.node();
        return node != null && FileThumbnails.has(node);
    }

    /** Where a browser shows it: what "open in the browser" of the desktop client leads to. */
    private static @Nullable String page(Resource resource, Exchange exchange) {
        FileNode node = resource.node();
        return node == null ? null : Live.escaped(LoginFlow.base(exchange.request()) + Places.page(node));
    }

    private static String size(Resource resource) {
        FileNode node = resource.node();
        return String.valueOf(node == null ? 0 : node.size());
    }

    private static @Nullable String checksums(Resource resource) {
        FileNode node = resource.node();
        return node == null || node.sha256() == null ? null : "<oc:checksum>SHA256:" + node.sha256() + "</oc:checksum>";
    }

    private static @Nullable Instant made(Resource resource) {
        return resource.node() == null ? null : resource.node().madeAt();
    }

    private static String seconds(@Nullable Instant at) {
        return String.valueOf(at == null ? 0 : at.getEpochSecond());
    }
}
