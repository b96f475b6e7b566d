// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.operation.file.VersionFilter;

/** Which files of which bucket a consumer consumes, as a name: what a memory says of one selection is of no other. Pure. */
public final class Selection {
    private Selection() {}

    /** In all processes the same for consumers of the same files, and another one for others: 64 hexadecimal digits. */
    public static String nameOf(B2Configuration options) {
        return VersionMemory.digest(partsOf(options).map(Selection::written).collect(Collectors.joining(",")));
    }

    private static Stream<@Nullable Object> partsOf(B2Configuration options) {
        Stream<@Nullable Object> names = Stream.of(
                options.getBucketName(),
                options.getPrefix(),
                options.getDelimiter(),
                options.getFileName(),
                options.getStartFromFileName(),
                options.getInclude(),
                options.getExclude(),
                options.getAntInclude(),
                options.getAntExclude(),
                options.getDoneFileName());
        Stream<@Nullable Object> versions = Stream.of(
                options.getIncludeVersions(),
                options.isIncludeHidden(),
                options.isIncludeFolders(),
                VersionFilter.sizeAndAge(options),
                options.getAsOf());
        return Stream.concat(names, versions);
    }

    /** With its length, so that no two lists of texts are written alike. */
    private static String written(@Nullable Object part) {
        String text = part == null ? null : part.toString();
        return text == null ? "-" : text.length() + ":" + text;
    }
}
