package org.entente.scanning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How contents are scanned.
 *
 * @param address of clamd: the path of its socket, or host and port; without it nothing is scanned
 * @param tooLarge what becomes of what it does not take
 * @param most bytes it takes (clamd's StreamMaxLength): larger ones are not sent to it
 * @param time after which a scan is given up; clamd itself ends after MaxScanTime, 120 s
 * @param atOnce scans at the same time, on each node
 * @param patience for which whoever opens what is being scanned waits, before they are told to come again
 * @param recent contents of this age and younger are scanned again with new signatures
 * @param every how often one looks for what other nodes were asked to scan
 * @param pause before one tries again while clamd does not answer
 */
@ConfigurationProperties("entente.antivirus")
record ScanSettings(
        @DefaultValue("") String address,
        @DefaultValue("serve") TooLarge tooLarge,
        @DefaultValue("100MB") DataSize most,
        @DefaultValue("150s") Duration time,
        @DefaultValue("2") int atOnce,
        @DefaultValue("4s") Duration patience,
        @DefaultValue("7d") Duration recent,
        @DefaultValue("2s") Duration every,
        @DefaultValue("5s") Duration pause) {

    enum TooLarge {
        SERVE,
        WITHHOLD
    }

    boolean on() {
        return !address.isBlank();
    }
}
