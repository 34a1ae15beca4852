package org.entente.catalog;

import java.util.List;

/**
 * Why a descriptor is not taken as it stands. The rest of the catalogue is untouched, and so is the last good version of it.
 *
 * @param code what is wrong, in the catalogue of texts as {@code catalog.problem.<code>}
 */
public record DescriptorProblem(String file, int line, String code, List<String> args) {

    public DescriptorProblem {
        args = List.copyOf(args);
    }

    static DescriptorProblem of(String file, int line, String code, Object... args) {
        return new DescriptorProblem(
                file,
                line,
                code,
                java.util.Arrays.stream(args).map(String::valueOf).toList());
    }
}
