package org.entente.files;

import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets uploads nobody went on with, so that their parts take no room. */
@Component
class ExpiredUploads {

    private static final Logger log = LoggerFactory.getLogger(ExpiredUploads.class);

    private final UploadRows rows;
    private final FileUploads uploads;

    ExpiredUploads(UploadRows rows, FileUploads uploads) {
        this.rows = rows;
        this.uploads = uploads;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "${entente.files.uploads-every:15m}")
    @SchedulerLock(name = "files-uploads", lockAtMostFor = "PT10M")
    public void forget() {
        rows.expired().forEach(this::forget);
    }

    /** One that cannot be forgotten keeps no other from it. */
    private void forget(UUID upload) {
        try {
            uploads.forget(upload);
        } catch (RuntimeException e) {
            log.error("Upload {} was not forgotten", upload, e);
        }
    }
}
