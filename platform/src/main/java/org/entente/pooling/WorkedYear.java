package org.entente.pooling;

import java.util.List;
import java.util.Map;
import org.entente.directory.MemberId;

/** Fills a demonstration with a whole year of pooling: agreements, keys, budget, contributions, decisions, requests, two years of usage. */
public interface WorkedYear {

    /**
     * @param towns the members that share, by a short name
     * @param syndicate those of them that also share the second agreement
     */
    void load(Map<String, MemberId> towns, List<String> syndicate);
}
