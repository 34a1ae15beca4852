package org.entente.dav;

import java.io.IOException;
import java.util.List;

/** One of the methods of HTTP that a file or folder answers to. */
interface Method {

    /** @return its names; the conditions that a request makes have been looked at before it is asked */
    List<String> names();

    void answer(Exchange exchange) throws IOException;
}
