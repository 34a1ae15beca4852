package org.entente.dav;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.entente.files.FileLock;
import org.entente.files.FileLocks;
import org.entente.files.FileNode;
import org.entente.files.Files;
import org.entente.files.Visitor;
import org.entente.files.Writing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** LOCK: a new one, or more time for one that is held. */
@Component
class Locking implements Method {

    /** Whoever needs longer says so again. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration USUAL = Duration.ofHours(1);
    private static final int LONGEST_OWNER = 2_000;

    private final DavTree tree;
    private final FileLocks locks;
    private final HeldLocks held;
    private final Files files;

    Locking(DavTree tree, FileLocks locks, HeldLocks held, Files files) {
        this.tree = tree;
        this.locks = locks;
        this.held = held;
        this.files = files;
    }

    @Override
    public List<String> names() {
        return List.of("LOCK");
    }

    @Override
    public void answer(Exchange exchange) throws IOException {
        Duration lasting = lasting(exchange.header("Timeout"));
        Optional<Element> body = Xml.read(exchange.request().getInputStream());
        if (body.isEmpty()) {
            refresh(exchange, lasting);
            return;
        }
        Element info = body.get();
        Exchange.Depth depth = exchange.depth(Exchange.Depth.INFINITY);
        if (!info.is("lockinfo")
                || depth == Exchange.Depth.ONE
                || info.child("locktype").flatMap(type -> type.child("write")).isEmpty()) {
            throw DavError.of(400, "dav.xml");
        }
        Optional<Element> scope = info.child("lockscope");
        boolean exclusive = scope.flatMap(s -> s.child("exclusive")).isPresent();
        if (exclusive == scope.flatMap(s -> s.child("shared")).isPresent()) {
            throw DavError.of(400, "dav.xml");
        }
        String owner = info.child("owner").map(Element::writtenContent).orElse("");
        if (owner.length() > LONGEST_OWNER) {
            throw DavError.of(413, "dav.xml-large");
        }
        Optional<Resource> there = tree.find(exchange.visitor(), exchange.path());
        FileNode node = there.isPresent() ? there.get().real() : empty(exchange);
        FileLock lock;
        try {
            lock = locks.lock(
                    exchange.visitor(), node.id(), exclusive, depth == Exchange.Depth.INFINITY, owner, lasting);
        } catch (Refusal refusal) {
            throw refusal.code().equals("file.locked")
                    ? DavError.condition(
                            423,
                            "no-conflicting-lock",
                            "file.locked",
                            refusal.args().toArray())
                    : refusal;
        }
        exchange.response().setHeader("Lock-Token", "<urn:uuid:" + lock.token() + ">");
        answer(exchange, there.isPresent() ? 200 : 201, tree.get(exchange.visitor(), exchange.path()), lock);
    }

    /** RFC 4918, 7.3: where nothing is yet, an empty file is made. */
    private FileNode empty(Exchange exchange) throws IOException {
        if (exchange.request().getRequestURI().endsWith("/")) {
            throw DavError.of(409, "dav.parent");
        }
        Resource parent = tree.parentOf(exchange.visitor(), exchange.path());
        return files.write(
                exchange.visitor(),
                parent.real().id(),
                exchange.path().getLast(),
                InputStream.nullInputStream(),
                new Writing(null, null, null, Writing.OnlyIf.ABSENT));
    }

    private void refresh(Exchange exchange, Duration lasting) throws IOException {
        Resource resource = tree.get(exchange.visitor(), exchange.path());
        Set<UUID> tokens = exchange.visitor().locks();
        if (tokens.size() != 1) {
            throw DavError.of(tokens.isEmpty() ? 400 : 412, "dav.refresh");
        }
        FileLock lock;
        try {
            lock = locks.refresh(
                    exchange.visitor(), resource.real().id(), tokens.iterator().next(), lasting);
        } catch (Refusal refusal) {
            throw refusal.code().equals("file.not-locked")
                    ? DavError.condition(412, "lock-token-matches-request-uri", "file.not-locked")
                    : refusal;
        }
        answer(exchange, 200, resource, lock);
    }

    private void answer(Exchange exchange, int status, Resource resource, FileLock lock) throws IOException {
        List<HeldLocks.Held> all = held.of(exchange, resource);
        HeldLocks.Held mine = all.stream()
                .filter(one -> one.lock().token().equals(lock.token()))
                .findFirst()
                .orElseGet(() -> new HeldLocks.Held(lock, exchange.href(resource)));
        exchange.response().setStatus(status);
        exchange.response().setContentType("application/xml;charset=utf-8");
        try (XmlOut out = new XmlOut(exchange.response().getOutputStream())) {
            out.root("prop")
                    .property(Live.LOCKS, Live.activeLock(exchange, mine))
                    .close("prop");
        }
    }

    /** The first that we understand; never longer than a day. */
    static Duration lasting(@Nullable String header) {
        if (header == null) {
            return USUAL;
        }
        for (String one : header.split(",", 20)) {
            String said = one.strip().toLowerCase(Locale.ROOT);
            if (said.equals("infinite")) {
                return LONGEST;
            }
            if (said.matches("second-[0-9]{1,12}")) {
                long seconds = Long.parseLong(said.substring("second-".length()));
                return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST.toSeconds()));
            }
        }
        return USUAL;
    }

    /** UNLOCK. */
    @Component
    static class Unlocking implements Method {

        private final DavTree tree;
        private final FileLocks locks;

        Unlocking(DavTree tree, FileLocks locks) {
            this.tree = tree;
            this.locks = locks;
        }

        @Override
        public List<String> names() {
            return List.of("UNLOCK");
        }

        @Override
        public void answer(Exchange exchange) {
            String said = exchange.header("Lock-Token");
            if (said == null || !said.strip().startsWith("<") || !said.strip().endsWith(">")) {
                throw DavError.of(400, "dav.lock-token");
            }
            String address = said.strip().substring(1, said.strip().length() - 1);
            UUID token = IfHeader.token(address);
            if (token == null) {
                throw DavError.condition(409, "lock-token-matches-request-uri", "file.not-locked");
            }
            Resource resource = tree.get(exchange.visitor(), exchange.path());
            Visitor visitor = exchange.visitor().holding(Set.of(token));
            locks.unlock(visitor, resource.real().id(), token);
            exchange.response().setStatus(204);
        }
    }
}
