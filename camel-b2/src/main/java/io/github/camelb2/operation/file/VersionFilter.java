// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Instant;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.SizeAndAge;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.filter.FileFilter;

/**
 * Asks {@link FileFilter} about versions in a bucket, by the options {@code include}, {@code exclude}, {@code antInclude},
 * {@code antExclude}, {@code minSize}, {@code maxSize}, {@code minAge} and {@code maxAge}: the same for consumers, listings
 * and deleteFiles.
 *
 * <p>Names are compared whole, folders included; ages are those of the upload. Immutable.
 */
public final class VersionFilter {
    private final FileFilter filter;

    private VersionFilter(FileFilter filter) {
        this.filter = filter;
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    public static VersionFilter of(B2Configuration options) {
        return new VersionFilter(new FileFilter.Builder()
                .regexes(options.getInclude(), options.getExclude())
                .ant(options.getAntInclude(), options.getAntExclude())
                .bounds(sizeAndAge(options))
                .build());
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    public static SizeAndAge sizeAndAge(B2Configuration options) {
        return SizeAndAge.of(options.getMinSize(), options.getMaxSize(), options.getMinAge(), options.getMaxAge());
    }

    /** Whether files of that name are wanted at all. */
    public boolean acceptsName(String name) {
        return filter.acceptsName(name);
    }

    /** Whether that version is wanted at that time. A folder of a listing has only a name. */
    public boolean accepts(FileVersion version, Instant now) {
        return acceptsName(version.fileName())
                && (version.representsFolder() || isOfSize(version) && isOfAge(version, now));
    }

    private boolean isOfSize(FileVersion version) {
        SizeAndAge bounds = filter.bounds();
        // A hide marker is of no size: to delete it would show what it hides.
        return !bounds.limitsSize() || !version.hides() && bounds.acceptsSize(version.contentLength());
    }

    private boolean isOfAge(FileVersion version, Instant now) {
        return filter.bounds().acceptsTime(version.uploadTimestamp(), now.toEpochMilli());
    }

    /** Whether size or age of a version have a say, so that a name alone does not suffice. */
    public boolean needsVersion() {
        return filter.bounds().limitsSize() || filter.bounds().limitsAge();
    }
}
