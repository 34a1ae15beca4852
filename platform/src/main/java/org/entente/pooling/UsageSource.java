package org.entente.pooling;

import java.time.LocalDate;
import java.util.List;
import org.entente.directory.MemberId;

/**
 * Says what was used: each room or brick that can count something gives one. Only counts a member, a service and a day leave it, never
 * anything about a person. Asked several times a day, for today and for yesterday.
 */
public interface UsageSource {

    List<Fact> measure(LocalDate day);

    /** @param metric what was counted; its name is {@code pooling.metric.<code>} in the catalogues */
    record Fact(MemberId member, String service, Metric metric, long value) {
        public Fact {
            if (value < 0) {
                throw new IllegalArgumentException("A count is not negative: " + value);
            }
        }
    }

    /** What can be counted. A level is averaged over a period, a flow is summed. */
    enum Metric {
        ACCOUNTS("accounts", false, false),
        ACTIVE_PEOPLE("active-people", false, true),
        SIGN_INS("sign-ins", true, true),
        OPENINGS("openings", true, true),
        MESSAGES("messages", true, true),
        STORAGE_GIB("storage-gib", false, false);

        private final String code;
        private final boolean flow;
        private final boolean growsOverTheDay;

        Metric(String code, boolean flow, boolean growsOverTheDay) {
            this.code = code;
            this.flow = flow;
            this.growsOverTheDay = growsOverTheDay;
        }

        public String code() {
            return code;
        }

        public boolean isFlow() {
            return flow;
        }

        /** Whether a later count of the same day can only be higher: what a source forgot meanwhile is kept. */
        public boolean growsOverTheDay() {
            return growsOverTheDay;
        }
    }
}
