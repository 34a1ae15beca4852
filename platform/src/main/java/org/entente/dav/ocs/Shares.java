package org.entente.dav.ocs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.base.Refusal;
import org.entente.files.FileLinks;
import org.entente.files.FileNode;
import org.entente.files.FileSharing;
import org.entente.files.Files;
import org.entente.files.Grantee;
import org.entente.files.SpaceRole;
import org.entente.files.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shares with people and units, and links, as clients list, make, change and end them: what may be done is what the room files lets this visitor do. */
@Component
class Shares implements OcsEndpoint {

    private static final List<String> HERE = List.of("apps", "files_sharing", "api", "v1", "shares");

    private final FileSharing sharing;
    private final FileLinks links;
    private final Files files;
    private final Places places;
    private final ShareWords words;

    Shares(FileSharing sharing, FileLinks links, Files files, Places places, ShareWords words) {
        this.sharing = sharing;
        this.links = links;
        this.files = files;
        this.places = places;
        this.words = words;
    }

    @Override
    public Optional<Object> answer(OcsCall call) {
        int size = HERE.size();
        if (call.path().size() < size || !call.path().subList(0, size).equals(HERE)) {
            return Optional.empty();
        }
        String what = call.verb() + (call.path().size() == size ? "" : " one");
        if (call.path().size() > size + 1) {
            return Optional.empty();
        }
        return switch (what) {
            case "GET" -> Optional.of(list(call));
            case "POST" -> Optional.of(make(call));
            case "GET one" -> Optional.of(List.of(told(call, find(call))));
            case "PUT one" -> Optional.of(change(call, find(call)));
            case "DELETE one" -> {
                end(call.visitor(), find(call));
                yield Optional.of(List.of());
            }
            default -> Optional.empty();
        };
    }

    /** One of both. */
    private record Found(FileSharing.@Nullable Given share, FileLinks.@Nullable Link link) {}

    private Found find(OcsCall call) {
        String id = call.path().getLast();
        if (!id.matches("[0-9]{1,18}")) {
            throw gone();
        }
        long number = Long.parseLong(id);
        Optional<FileSharing.Given> share = sharing.numbered(call.visitor(), number);
        if (share.isPresent()) {
            return new Found(share.get(), null);
        }
        return new Found(null, links.numbered(call.visitor(), number).orElseThrow(Shares::gone));
    }

    private Object told(OcsCall call, Found found) {
        if (found.share() != null) {
            return words.of(call, found.share().node(), found.share().access()).orElseThrow(Shares::gone);
        }
        FileLinks.Link link = there(found);
        return words.of(call, files.node(call.visitor(), link.node()), link, "").orElseThrow(Shares::gone);
    }

    private List<Object> list(OcsCall call) {
        Visitor visitor = call.visitor();
        if (call.flag("shared_with_me")) {
            return files.sharedWith(visitor).stream()
                    .flatMap(node ->
                            withMe(visitor, node).stream().flatMap(access -> words.of(call, node, access).stream()))
                    .toList();
        }
        Optional<String> path = call.parameter("path");
        if (path.isEmpty()) {
            return given(call, null);
        }
        FileNode node = places.at(visitor, path.get());
        return call.flag("subfiles") ? given(call, node) : of(call, node);
    }

    /** What was given at the node itself, to whoever sees it; its links to who manages it. */
    private List<Object> of(OcsCall call, FileNode node) {
        List<Object> all = new ArrayList<>();
        sharing.access(call.visitor(), node.id()).stream()
                .filter(access -> !access.ofTheSpace() && access.at().equals(node.id()))
                .forEach(access -> words.of(call, node, access).ifPresent(all::add));
        if (node.role().allows(SpaceRole.MANAGE)) {
            links.of(call.visitor(), node.id())
                    .forEach(link -> words.of(call, node, link, "").ifPresent(all::add));
        }
        return all;
    }

    /** @param folder only what is in it; null for all */
    private List<Object> given(OcsCall call, @Nullable FileNode folder) {
        Stream<Object> shares = sharing.given(call.visitor()).stream()
                .filter(given -> in(folder, given.node()))
                .flatMap(given -> words.of(call, given.node(), given.access()).stream());
        Stream<Object> made = links.made(call.visitor()).stream().flatMap(link -> {
            FileNode node = files.node(call.visitor(), link.node());
            return in(folder, node) ? words.of(call, node, link, "").stream() : Stream.empty();
        });
        return Stream.concat(shares, made).toList();
    }

    private static boolean in(@Nullable FileNode folder, FileNode node) {
        return folder == null || folder.id().equals(node.parent());
    }

    /** By what one sees something of somebody else's: what was given to oneself, before what was given to many. */
    private Optional<FileSharing.Access> withMe(Visitor visitor, FileNode node) {
        List<FileSharing.Access> here = sharing.access(visitor, node.id()).stream()
                .filter(access -> !access.ofTheSpace()
                        && access.inForce()
                        && access.at().equals(node.id())
                        && !visitor.capacity().value().equals(access.giver()))
                .toList();
        return here.stream()
                .filter(access -> access.to().kind() == Grantee.Kind.CAPACITY
                        && visitor.capacity().value().equals(access.to().id()))
                .findFirst()
                .or(() -> here.stream()
                        .filter(access -> access.to().kind() != Grantee.Kind.CAPACITY)
                        .findFirst());
    }

    private Object make(OcsCall call) {
        FileNode node = places.at(call.visitor(), required(call, "path"));
        int type = number(call, "shareType", Sharees.USER);
        int bits = number(call, "permissions", Permission.READ);
        Instant until = call.parameter("expireDate").map(words::until).orElse(null);
        if (type == Sharees.LINK) {
            demandPlain(call, bits);
            String password =
                    call.parameter("password").filter(said -> !said.isEmpty()).orElse(null);
            FileLinks.Made made =
                    links.make(call.visitor(), node.id(), Permission.drop(bits), password, until, null, null);
            return words.of(call, node, made.link(), call.base() + made.path()).orElseThrow(Shares::gone);
        }
        Grantee to = new Grantee(
                switch (type) {
                    case Sharees.USER -> Grantee.Kind.CAPACITY;
                    case Sharees.GROUP -> Grantee.Kind.UNIT;
                    default -> throw Refusal.invalidField("shareType", "ocs.kind");
                },
                id(required(call, "shareWith")),
                null);
        return give(call, node, to, Permission.role(bits, SpaceRole.READ), until);
    }

    private Object give(OcsCall call, FileNode node, Grantee to, SpaceRole role, @Nullable Instant until) {
        sharing.share(call.visitor(), node.id(), to, role, until);
        return sharing.access(call.visitor(), node.id()).stream()
                .filter(access -> access.at().equals(node.id()) && access.to().equals(to))
                .findFirst()
                .flatMap(access -> words.of(call, node, access))
                .orElseThrow(Shares::gone);
    }

    private Object change(OcsCall call, Found found) {
        Optional<Instant> asked = call.parameter("expireDate").map(said -> {
            Instant until = words.until(said);
            return until == null ? Instant.MAX : until;
        });
        if (found.share() != null) {
            FileSharing.Access access = found.share().access();
            Instant until = end(asked, access.until());
            SpaceRole role = call.parameter("permissions").isPresent()
                    ? Permission.role(number(call, "permissions", Permission.READ), access.role())
                    : access.role();
            return give(call, found.share().node(), access.to(), role, until);
        }
        FileLinks.Link link = there(found);
        int bits = number(call, "permissions", link.upload() ? Permission.CREATE : Permission.READ);
        demandPlain(call, bits);
        FileLinks.Link changed = links.change(
                call.visitor(),
                link.node(),
                link.id(),
                Permission.drop(bits),
                call.parameter("password").orElse(null),
                end(asked, link.until()));
        return words.of(call, files.node(call.visitor(), link.node()), changed, "")
                .orElseThrow(Shares::gone);
    }

    /** @param asked {@link Instant#MAX} for no end; empty leaves it */
    private static @Nullable Instant end(Optional<Instant> asked, @Nullable Instant before) {
        return asked.isEmpty() ? before : asked.get().equals(Instant.MAX) ? null : asked.get();
    }

    private void end(Visitor visitor, Found found) {
        if (found.share() != null) {
            sharing.end(
                    visitor, found.share().access().at(), found.share().access().share());
        } else {
            links.end(visitor, there(found).node(), there(found).id());
        }
    }

    /** Whoever has a link of ours either reads or puts: what changes what is there is somebody with a name. */
    private static void demandPlain(OcsCall call, int bits) {
        if (Permission.changes(bits) || (call.flag("publicUpload") && !Permission.drop(bits))) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "ocs.link-changes");
        }
    }

    private static FileLinks.Link there(Found found) {
        if (found.link() == null) {
            throw gone();
        }
        return found.link();
    }

    private static String required(OcsCall call, String name) {
        return call.parameter(name)
                .filter(said -> !said.isBlank())
                .orElseThrow(() -> Refusal.invalidField(name, "input.missing", name));
    }

    private static int number(OcsCall call, String name, int otherwise) {
        Optional<String> said = call.parameter(name);
        if (said.isEmpty()) {
            return otherwise;
        }
        if (!said.get().matches("-?[0-9]{1,4}")) {
            throw Refusal.invalidField(name, "input.value");
        }
        return Integer.parseInt(said.get());
    }

    private static UUID id(String said) {
        try {
            return UUID.fromString(said);
        } catch (IllegalArgumentException notAnId) {
            throw Refusal.invalidField("to", "file.share.unknown");
        }
    }

    private static Refusal gone() {
        return Refusal.notFound("file.share.gone");
    }
}
