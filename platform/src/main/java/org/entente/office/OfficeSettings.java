package org.entente.office;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is taken in of documents that people write together.
 *
 * @param largestFile that is opened to be written in
 * @param largestMessage of one browser at once: a picture, at most
 * @param largestDraft what is kept of one document between two savings
 * @param largestShare what one person may have in all of these together, in one capacity
 * @param mostSockets of one person, over all documents
 * @param mostTogether in one document
 * @param saveEvery how often browsers save by themselves, at most: each time a version
 * @param keptFor a draft that nobody goes on with, after which it is forgotten
 */
@ConfigurationProperties("entente.office")
record OfficeSettings(
        @DefaultValue("20MB") DataSize largestFile,
        @DefaultValue("8MB") DataSize largestMessage,
        @DefaultValue("64MB") DataSize largestDraft,
        @DefaultValue("256MB") DataSize largestShare,
        @DefaultValue("20") int mostSockets,
        @DefaultValue("40") int mostTogether,
        @DefaultValue("5m") Duration saveEvery,
        @DefaultValue("90d") Duration keptFor) {}
