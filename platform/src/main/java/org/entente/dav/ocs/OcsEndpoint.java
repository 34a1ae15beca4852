package org.entente.dav.ocs;

import java.util.Optional;

/** Answers some of the calls. */
interface OcsEndpoint {

    /** @return what is told, of maps, lists and plain values; empty when this call is another endpoint's */
    Optional<Object> answer(OcsCall call);
}
