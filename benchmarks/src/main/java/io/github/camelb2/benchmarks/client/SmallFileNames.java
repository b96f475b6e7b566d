// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.util.List;
import java.util.stream.IntStream;

/** The names of the many small files: the same in the bucket and in the directory. */
public final class SmallFileNames {

    private SmallFileNames() {}

    /** The first {@code count} names, in ascending order. */
    public static List<String> first(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "file-%06d.bin".formatted(i))
                .toList();
    }
}
