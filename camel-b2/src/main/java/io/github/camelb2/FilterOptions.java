// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2Configuration} that choose among files: for the consumer, for listings and for deleteFiles. */
@UriParams
public abstract class FilterOptions extends ProducerOptions {
    @UriParam(label = "filter")
    private @Nullable String include;

    @UriParam(label = "filter")
    private @Nullable String exclude;

    @UriParam(label = "filter")
    private @Nullable String antInclude;

    @UriParam(label = "filter")
    private @Nullable String antExclude;

    @UriParam(label = "filter")
    private @Nullable String minSize;

    @UriParam(label = "filter")
    private @Nullable String maxSize;

    @UriParam(label = "filter", javaType = "java.time.Duration")
    private long minAge;

    @UriParam(label = "filter", javaType = "java.time.Duration")
    private long maxAge;

    @UriParam(label = "filter")
    private @Nullable String asOf;

    public @Nullable String getInclude() {
        return include;
    }

    /** Only file names that match this regular expression as a whole are consumed, listed or deleted. */
    public void setInclude(@Nullable String include) {
        this.include = include;
    }

    public @Nullable String getExclude() {
        return exclude;
    }

    /** File names that match this regular expression as a whole are not consumed, listed or deleted. */
    public void setExclude(@Nullable String exclude) {
        this.exclude = exclude;
    }

    public @Nullable String getAntInclude() {
        return antInclude;
    }

    /** Only file names that match one of these Ant patterns, separated by commas, are consumed, listed or deleted. */
    public void setAntInclude(@Nullable String antInclude) {
        this.antInclude = antInclude;
    }

    public @Nullable String getAntExclude() {
        return antExclude;
    }

    /** File names that match one of these Ant patterns, separated by commas, are not consumed, listed or deleted. */
    public void setAntExclude(@Nullable String antExclude) {
        this.antExclude = antExclude;
    }

    public @Nullable String getMinSize() {
        return minSize;
    }

    /** Only files of at least this size, as 10MB, 10MiB or a plain number of bytes. */
    public void setMinSize(@Nullable String minSize) {
        this.minSize = minSize;
    }

    public @Nullable String getMaxSize() {
        return maxSize;
    }

    /** Only files of at most this size, as 10MB, 10MiB or a plain number of bytes. */
    public void setMaxSize(@Nullable String maxSize) {
        this.maxSize = maxSize;
    }

    public long getMinAge() {
        return minAge;
    }

    /** Only versions that were uploaded at least so long ago, by the clock of the service; 0 for no limit. */
    public void setMinAge(long minAge) {
        this.minAge = minAge;
    }

    public long getMaxAge() {
        return maxAge;
    }

    /** Only versions that were uploaded at most so long ago, by the clock of the service; 0 for no limit. */
    public void setMaxAge(long maxAge) {
        this.maxAge = maxAge;
    }

    public @Nullable String getAsOf() {
        return asOf;
    }

    /**
     * Listings, downloads, copies and descriptions are of the files as they were at this time: 2026-01-31T08:00:00Z, ms
     * since 1970, or before now, as -3d. Versions uploaded and hide markers made later do not count. A consumer consumes
     * what was current then, where -3d is before its start.
     */
    public void setAsOf(@Nullable String asOf) {
        this.asOf = asOf;
    }
}
