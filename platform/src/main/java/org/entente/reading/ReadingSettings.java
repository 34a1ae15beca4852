package org.entente.reading;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How what files say is read.
 *
 * @param on whether it is; what was read before is forgotten when it is not
 * @param classPath of the program that reads; without it nothing is read
 * @param most the largest content that is read
 * @param text characters that are kept of it
 * @param time after which the program is killed
 * @param memory of the program, as Java's -Xmx
 * @param hidden files and folders that it shall not see
 * @param idle after which the program ends
 */
@ConfigurationProperties("entente.reading")
record ReadingSettings(
        @DefaultValue("true") boolean on,
        @DefaultValue("") String classPath,
        @DefaultValue("100MB") DataSize most,
        @DefaultValue("1000000") int text,
        @DefaultValue("60s") Duration time,
        @DefaultValue("256m") String memory,
        @DefaultValue("") List<String> hidden,
        @DefaultValue("60s") Duration idle) {

    boolean reads() {
        return on && !classPath.isBlank();
    }
}
