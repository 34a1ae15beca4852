package org.entente.wopi;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lock, GetLock, RefreshLock, Unlock and UnlockAndRelock ([MS-WOPI] 3.3.5.1). */
@Component
class WopiLocking {

    static final String LOCK = "X-WOPI-Lock";
    private static final String OLD_LOCK = "X-WOPI-OldLock";

    private final WopiLocks locks;

    WopiLocking(WopiLocks locks) {
        this.locks = locks;
    }

    void lock(WopiCall call) {
        call.demandWriting();
        String name = call.lockName(LOCK);
        if (call.header(OLD_LOCK) != null) {
            locks.relock(call.visitor(), call.file().id(), call.lockName(OLD_LOCK), name);
        } else {
            locks.lock(call.visitor(), call.file().id(), name);
        }
        done(call);
    }

    void refresh(WopiCall call) {
        call.demandWriting();
        locks.refresh(call.visitor(), call.file().id(), call.lockName(LOCK));
        done(call);
    }

    void unlock(WopiCall call) {
        call.demandWriting();
        locks.unlock(call.visitor(), call.file().id(), call.lockName(LOCK));
        done(call);
    }

    /** Whoever may read may know it; what another program holds has no name here. */
    void get(WopiCall call) {
        Optional<WopiLocks.Held> held = locks.on(call.visitor(), call.file().id());
        if (held.isPresent() && held.get().name() == null) {
            throw new WopiLocks.Mismatch(held.get());
        }
        call.response().setHeader(LOCK, held.map(WopiLocks.Held::name).orElse(""));
    }

    private static void done(WopiCall call) {
        call.response().setHeader("X-WOPI-ItemVersion", call.file().etag());
    }
}
