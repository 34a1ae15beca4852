package org.entente.provisioning.certificate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything a certificate says; all of it was kept when it happened. */
public record CertificateFacts(
        UUID departure,
        String territory,
        @Nullable String operator,
        String person,
        String member,
        @Nullable String siren,
        String kind,
        String function,
        @Nullable String unit,
        @Nullable String address,
        @Nullable Instant from,
        Instant until,
        String askedBy,
        Instant askedAt,
        String cause,
        String reason,
        @Nullable String successor,
        @Nullable Instant cutAt,
        @Nullable Instant completedAt,
        List<String> services,
        List<Act> acts,
        List<App> apps,
        boolean provisional,
        Instant madeAt) {

    /**
     * How one application was told, by one means.
     *
     * @param state done, failed, waiting or unsure
     * @param entered whether it is known to have been entered
     */
    public record App(
            String label,
            String state,
            boolean entered,
            @Nullable Instant at,
            String detail,
            int attempts,
            @Nullable Instant next) {}

    /** @param state done, failed or waiting */
    public record Act(
            String label,
            String state,
            @Nullable Instant at,
            String detail,
            int attempts,
            @Nullable Instant next) {}
}
