package org.entente.identity.session;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.entente.base.Refusal;
import org.entente.directory.Actor;
import org.entente.directory.AffiliationId;
import org.entente.directory.Needs;
import org.entente.directory.Right;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A device that asks to be let in, and what the person who opened its page answers. */
@RestController
@RequestMapping("/api/me/device-requests/{page}")
@Needs(Right.PERSON)
class DeviceRequestController {

    private final DeviceBook book;
    private final DevicePasswords passwords;
    private final Capacities capacities;

    DeviceRequestController(DeviceBook book, DevicePasswords passwords, Capacities capacities) {
        this.book = book;
        this.passwords = passwords;
        this.capacities = capacities;
    }

    /** @param near whether it called from the same network address as this browser */
    record View(String client, String address, boolean near, Instant at) {}

    record Answer(@Nullable AffiliationId capacity) {}

    @GetMapping
    View asked(@PathVariable String page, HttpServletRequest request) {
        DeviceBook.Asked asked = book.find(page).orElseThrow(DeviceRequestController::gone);
        return new View(asked.client(), asked.address(), asked.address().equals(request.getRemoteAddr()), asked.at());
    }

    @PostMapping("/grant")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void grant(@PathVariable String page, @RequestBody Answer answer, PortalSession session, Actor actor) {
        AffiliationId capacity = answer.capacity();
        if (capacity == null) {
            throw Refusal.invalidField("capacity", "input.missing", "capacity");
        }
        capacities.mustBeOf(session, capacity);
        if (capacities.of(actor.person()).stream().allMatch(one -> one.address() == null)) {
            throw Refusal.conflict("device-request.no-address");
        }
        passwords.demandRoom(actor.person());
        if (!book.grant(page, actor.person(), capacity)) {
            throw gone();
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deny(@PathVariable String page) {
        if (!book.deny(page)) {
            throw gone();
        }
    }

    private static Refusal gone() {
        return Refusal.notFound("device-request.gone");
    }
}
