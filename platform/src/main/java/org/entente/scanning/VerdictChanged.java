package org.entente.scanning;

import org.entente.directory.MemberId;
import org.entente.storage.ContentId;

/** Something else is said of this content now: told in the transaction in which it is. */
public record VerdictChanged(ContentId content, MemberId member, Verdict.State before, Verdict now) {

    /** It was served before, or might soon have been, and is not any more. */
    public boolean withheld() {
        return held(now.state()) && !held(before);
    }

    /** It was withheld before. */
    public boolean freed() {
        return held(before) && !held(now.state());
    }

    private static boolean held(Verdict.State state) {
        return state == Verdict.State.FOUND || state == Verdict.State.FAILED;
    }
}
