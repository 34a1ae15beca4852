package org.entente.pooling;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement says: until when, how it is renewed and left, by which key it is paid, what is shared under it.
 *
 * @param renewal tacit: goes on at each end until notice is given; explicit or none: over at the end unless an amendment says otherwise
 */
record Terms(
        String title,
        @Nullable LocalDate endsOn,
        int noticeMonths,
        String renewal,
        @Nullable UUID costKey,
        List<AgreedService> services) {

    /**
     * @param quota the most accounts a member has of it; null sets no bound
     * @param storageGb gigabytes that one member may keep in it; null sets no bound
     */
    record AgreedService(
            String service, @Nullable Long quota, @Nullable Long storageGb) {

        private static final long MOST_STORAGE = 1_000_000_000;

        AgreedService {
            service = Texts.required("service", service, 40);
            if (quota != null && quota < 1) {
                throw Refusal.invalidField("quota", "pooling.agreement.quota", quota);
            }
            if (storageGb != null && (storageGb < 1 || storageGb > MOST_STORAGE)) {
                throw Refusal.invalidField("storageGb", "pooling.agreement.storage", storageGb);
            }
        }
    }

    private static final Set<String> RENEWALS = Set.of("tacit", "explicit", "none");

    @SuppressWarnings("ConstantValue") // Jackson gives null for what is missing
    Terms {
        title = Texts.required("title", title, 200);
        Texts.day("endsOn", endsOn);
        services = services == null ? List.of() : List.copyOf(services);
        renewal = renewal == null ? "none" : renewal;
        if (!RENEWALS.contains(renewal)) {
            throw Refusal.invalidField("renewal", "pooling.agreement.renewal", renewal);
        }
        if (renewal.equals("tacit") && endsOn == null) {
            renewal = "none"; // without an end there is nothing to renew
        }
        if (noticeMonths < 0 || noticeMonths > 60) {
            throw Refusal.invalidField("noticeMonths", "pooling.agreement.notice", noticeMonths);
        }
        Set<String> seen = new HashSet<>();
        for (AgreedService agreed : services) {
            if (!seen.add(agreed.service())) {
                throw Refusal.invalidField("services", "pooling.agreement.service-twice", agreed.service());
            }
        }
    }
}
