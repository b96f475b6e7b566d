// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2SyncConfiguration} that choose among files, beside the expressions in Python's notation. */
@UriParams
public abstract class SyncFilterOptions extends SyncTransferOptions {
    @UriParam(label = "filter")
    private @Nullable String filesFrom;

    @UriParam(label = "filter")
    private @Nullable String filterFrom;

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

    @UriParam(label = "producer")
    private @Nullable String path;

    public @Nullable String getFilesFrom() {
        return filesFrom;
    }

    /** The path of a file with the names that take part, one a line, relative to the source; no other takes part. It is read when a run begins. */
    public void setFilesFrom(@Nullable String filesFrom) {
        this.filesFrom = filesFrom;
    }

    public @Nullable String getFilterFrom() {
        return filterFrom;
    }

    /** The path of a file of filters in rclone's notation, one a line: + and a glob lets names take part, - and a glob leaves them out, and the first line that matches decides. It is read when a run begins. */
    public void setFilterFrom(@Nullable String filterFrom) {
        this.filterFrom = filterFrom;
    }

    public @Nullable String getAntInclude() {
        return antInclude;
    }

    /** Only files whose path relative to the source matches one of these Ant patterns, separated by commas, take part. */
    public void setAntInclude(@Nullable String antInclude) {
        this.antInclude = antInclude;
    }

    public @Nullable String getAntExclude() {
        return antExclude;
    }

    /** Files whose path relative to the source matches one of these Ant patterns, separated by commas, take no part. */
    public void setAntExclude(@Nullable String antExclude) {
        this.antExclude = antExclude;
    }

    public @Nullable String getMinSize() {
        return minSize;
    }

    /** Only files of at least this size take part, as 10MB, 10MiB or a plain number of bytes. */
    public void setMinSize(@Nullable String minSize) {
        this.minSize = minSize;
    }

    public @Nullable String getMaxSize() {
        return maxSize;
    }

    /** Only files of at most this size take part, as 10MB, 10MiB or a plain number of bytes. */
    public void setMaxSize(@Nullable String maxSize) {
        this.maxSize = maxSize;
    }

    public long getMinAge() {
        return minAge;
    }

    /** Only files that were modified at least so long before the run take part; 0 for no limit. */
    public void setMinAge(long minAge) {
        this.minAge = minAge;
    }

    public long getMaxAge() {
        return maxAge;
    }

    /** Only files that were modified at most so long before the run take part; 0 for no limit. */
    public void setMaxAge(long maxAge) {
        this.maxAge = maxAge;
    }

    public @Nullable String getPath() {
        return path;
    }

    /** With mode=explain: the path, relative to the source, of the file that is explained. */
    public void setPath(@Nullable String path) {
        this.path = path;
    }
}
