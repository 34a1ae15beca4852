package org.entente.reading;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
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

    /** What the program is made of: Java, what Debian keeps of it elsewhere, and its own classes. */
    List<String> shown() {
        List<String> all = new ArrayList<>(List.of(System.getProperty("java.home")));
        String[] configured = new File("/etc").list((folder, name) -> name.startsWith("java-"));
        for (String one : configured == null ? new String[0] : configured) {
            all.add("/etc/" + one);
        }
        for (String one : classPath.split(File.pathSeparator, -1)) {
            all.add(one.endsWith("/*") ? one.substring(0, one.length() - 2) : one);
        }
        return all;
    }

    boolean reads() {
        return on && !classPath.isBlank();
    }
}
