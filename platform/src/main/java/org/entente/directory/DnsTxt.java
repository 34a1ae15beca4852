package org.entente.directory;

import java.util.List;

/** Asks the DNS for the TXT records of a name: how a member proves that a mail domain is its own. */
interface DnsTxt {

    /** The records, none when the name does not exist; a refusal (unavailable) when the DNS does not answer. */
    List<String> of(String name);
}
