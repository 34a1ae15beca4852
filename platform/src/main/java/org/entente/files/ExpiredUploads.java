package org.entente.files;

import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets uploads nobody went on with, so that their parts take no room. */
@Component
class ExpiredUploads {

    private final FileUploads uploads;

    ExpiredUploads(FileUploads uploads) {
        this.uploads = uploads;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "${entente.files.uploads-every:15m}")
    @SchedulerLock(name = "files-uploads", lockAtMostFor = "PT10M")
    public void forget() {
        while (uploads.forgetExpired() > 0) {
            // a thousand at a time, until there are none
        }
    }
}
