package org.entente.dav;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.entente.files.FileLock;
import org.entente.files.FileNode;
import org.entente.files.FileProperties.Name;
import org.entente.files.FileSpace;
import org.jspecify.annotations.Nullable;

/** The properties that we make up ourselves: RFC 4918 (15), 4331, 3253, 3744, 5397, 6578, and those that Nextcloud's clients ask for. */
final class Live {

    /** Of HTTP, in English and in Greenwich's time always. */
    static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String EXCLUSIVE_AND_SHARED =
            "<d:lockentry><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockentry>"
                    + "<d:lockentry><d:lockscope><d:shared/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockentry>";

    private static final String REPORTS =
            "<d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report>";

    static final Name LOCKS = dav("lockdiscovery");
    static final Name USED = dav("quota-used-bytes");
    static final Name AVAILABLE = dav("quota-available-bytes");

    private static final Map<Name, Maker> ALL = new LinkedHashMap<>();

    /** What is told when a client asks for everything: what RFC 4918 names, nothing that costs more. */
    private static final Set<Name> USUAL = new LinkedHashSet<>();

    private Live() {}

    /**
     * What properties are made of.
     *
     * @param space of the resource; only looked up when the quota is asked for
     * @param locks only looked up when they are asked for
     * @param favourite only looked up when it is asked for
     * @param tags only looked up when they are asked for
     */
    record Of(
            Exchange exchange,
            Resource resource,
            @Nullable FileSpace space,
            List<HeldLocks.Held> locks,
            boolean favourite,
            List<String> tags) {}

    private interface Maker {
        /** Content as XML; null when this resource has no such property. */
        @Nullable
        String make(Of of);
    }

    static {
        usual("resourcetype", of -> of.resource().folder() ? "<d:collection/>" : "");
        usual("displayname", of -> escaped(of.resource().name()));
        usual("getetag", of -> escaped(of.resource().quotedEtag()));
        usual("getlastmodified", of -> {
            Instant at = modified(of.resource());
            return at == null ? null : HTTP.format(at);
        });
        usual(
                "creationdate",
                of -> of.resource().node() instanceof FileNode node
                        ? node.madeAt().truncatedTo(ChronoUnit.SECONDS).toString()
                        : null);
        usual(
                "getcontentlength",
                of -> of.resource().folder()
                        ? null
                        : String.valueOf(of.resource().real().size()));
        usual(
                "getcontenttype",
                of -> of.resource().node() instanceof FileNode node && node.mediaType() != null
                        ? escaped(node.mediaType())
                        : null);
        usual("supportedlock", of -> of.resource().node() == null ? "" : EXCLUSIVE_AND_SHARED);
        usual("lockdiscovery", Live::locks);
        more(USED, of -> of.space() == null ? null : String.valueOf(of.space().used()));
        more(AVAILABLE, of -> available(of.space()));
        more(
                dav("sync-token"),
                of -> of.resource().folder() && of.resource().node() != null && of.space() != null
                        ? SyncToken.of(of.resource().real(), of.space().changeNumber())
                        : null);
        more(
                dav("supported-report-set"),
                of -> of.resource().folder() && of.resource().node() != null ? REPORTS : "");
        more(dav("current-user-privilege-set"), of -> privileges(of.resource()));
        more(
                dav("current-user-principal"),
                of -> "<d:href>/dav/principals/"
                        + of.exchange().visitor().capacity().value() + "/</d:href>");
        more(
                dav("owner"),
                of -> of.resource().node() == null
                        ? null
                        : "<d:href>/dav/principals/"
                                + of.resource().real().changedBy().value() + "/</d:href>");
        more(OwnCloud.TAGS, of -> OwnCloud.tags(of.tags()));
        more(OwnCloud.FAVOURITE, of -> of.favourite() ? "1" : "0");
        OwnCloud.ALL.forEach((name, maker) -> more(name, of -> maker.make(of.resource(), of.exchange())));
    }

    static Name dav(String name) {
        return new Name(Xml.DAV, name);
    }

    private static void usual(String name, Maker maker) {
        ALL.put(dav(name), maker);
        USUAL.add(dav(name));
    }

    private static void more(Name name, Maker maker) {
        ALL.put(name, maker);
    }

    static boolean has(Name name) {
        return ALL.containsKey(name);
    }

    static Set<Name> all() {
        return ALL.keySet();
    }

    static Set<Name> usual() {
        return USUAL;
    }

    /** Whether one of these needs to know the space. */
    static boolean needSpace(Set<Name> asked) {
        return asked.contains(USED) || asked.contains(AVAILABLE) || asked.contains(dav("sync-token"));
    }

    /** Content as XML; null when there is none. */
    static @Nullable String value(Name name, Of of) {
        Maker maker = ALL.get(name);
        return maker == null ? null : maker.make(of);
    }

    static @Nullable Instant modified(Resource resource) {
        FileNode node = resource.node();
        return node == null || node.folder() ? resource.changedAt() : node.modifiedAt();
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        Xml.escape(out, text);
        return out.toString();
    }

    private static @Nullable String available(@Nullable FileSpace space) {
        if (space == null || space.quota() == null) {
            return null;
        }
        return String.valueOf(Math.max(0, space.quota() - space.used()));
    }

    private static String privileges(Resource resource) {
        StringBuilder out = new StringBuilder();
        for (String one : resource.editable()
                ? List.of("read", "write", "write-properties", "write-content", "bind", "unbind", "unlock")
                : List.of("read")) {
            out.append("<d:privilege><d:").append(one).append("/></d:privilege>");
        }
        return out.append("<d:privilege><d:read-current-user-privilege-set/></d:privilege>")
                .toString();
    }

    private static String locks(Of of) {
        StringBuilder out = new StringBuilder();
        of.locks().forEach(held -> out.append(activeLock(of.exchange(), held)));
        return out.toString();
    }

    static String activeLock(Exchange exchange, HeldLocks.Held held) {
        FileLock lock = held.lock();
        long seconds = Math.max(1, ChronoUnit.SECONDS.between(exchange.now(), lock.expiresAt()));
        return "<d:activelock><d:locktype><d:write/></d:locktype><d:lockscope><d:"
                + (lock.exclusive() ? "exclusive" : "shared")
                + "/></d:lockscope><d:depth>"
                + (lock.deep() ? "infinity" : "0")
                + "</d:depth>"
                + (lock.owner().isEmpty() ? "" : "<d:owner>" + lock.owner() + "</d:owner>")
                + "<d:timeout>Second-"
                + seconds
                + "</d:timeout><d:locktoken><d:href>urn:uuid:"
                + lock.token()
                + "</d:href></d:locktoken><d:lockroot><d:href>"
                + escaped(held.root())
                + "</d:href></d:lockroot></d:activelock>";
    }
}
