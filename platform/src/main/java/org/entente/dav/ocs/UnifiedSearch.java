package org.entente.dav.ocs;

import static org.entente.dav.ocs.Ocs.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.base.Refusal;
import org.entente.files.FileNode;
import org.entente.files.FileThumbnails;
import org.entente.files.Files;
import org.entente.files.Found;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The search of clients that ask each application of a server what it finds: here, files, by their names and by what they say. */
@Component
class UnifiedSearch implements OcsEndpoint {

    private static final String FILES = "files";
    private static final String USUAL = "20";
    private static final int MOST = 100;

    /** Of all pages: a client goes on by how many it was told, and reads nothing but a number. */
    private static final int ALL = 500;

    private static final int LONGEST = 200;

    private final Files files;
    private final Places places;
    private final MessageSource messages;

    UnifiedSearch(Files files, Places places, MessageSource messages) {
        this.files = files;
        this.places = places;
        this.messages = messages;
    }

    @Override
    public Optional<Object> answer(OcsCall call) {
        if (call.is("GET", "search", "providers")) {
            return Optional.of(List.of(
                    map("id", FILES, "appId", FILES, "name", name(call), "icon", "", "order", 5, "inAppSearch", true)));
        }
        return call.is("GET", "search", "providers", FILES, "search") ? Optional.of(search(call)) : Optional.empty();
    }

    private Object search(OcsCall call) {
        String words = call.parameter("term").orElse("").strip();
        if (words.isEmpty() || words.length() > LONGEST) {
            throw Refusal.invalid("input.value");
        }
        int before = number(call, "cursor", "0");
        int until = Math.min(ALL, before + Math.min(MOST, Math.max(1, number(call, "limit", USUAL))));
        Found found = files.search(call.visitor(), words, null, null, Math.max(1, until));
        boolean more = found.next() != null && until < ALL;
        return map(
                "name",
                name(call),
                "isPaginated",
                more,
                "entries",
                places
                        .of(
                                call.visitor(),
                                found.hits().stream()
                                        .skip(before)
                                        .map(Found.Hit::node)
                                        .toList())
                        .entrySet()
                        .stream()
                        .map(one -> entry(call, one.getKey(), one.getValue()))
                        .toList(),
                "cursor",
                more ? until : null);
    }

    private static int number(OcsCall call, String name, String otherwise) {
        String said = call.parameter(name).filter(text -> !text.isEmpty()).orElse(otherwise);
        if (!said.matches("[0-9]{1,6}")) {
            throw Refusal.invalid("input.value");
        }
        return Integer.parseInt(said);
    }

    private static Map<String, @Nullable Object> entry(OcsCall call, FileNode node, String path) {
        String number = String.valueOf(node.id().number());
        return map(
                "thumbnailUrl",
                FileThumbnails.has(node) ? call.base() + "/index.php/core/preview?x=64&y=64&fileId=" + number : "",
                "title",
                node.name(),
                "subline",
                path.substring(1, Math.max(1, path.lastIndexOf('/'))),
                "resourceUrl",
                call.base() + Places.page(node),
                "icon",
                "",
                "rounded",
                false,
                "attributes",
                map("fileId", number, "path", path));
    }

    private String name(OcsCall call) {
        return messages.getMessage("dav.search.files", null, call.locale());
    }
}
