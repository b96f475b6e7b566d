// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.spi.Metadata;

/** The headers of the {@code b2-sync:} component. */
public final class B2SyncConstants {
    @Metadata(label = "producer", description = "Overrides the option source for one run.", javaType = "String")
    public static final String SOURCE = "CamelB2SyncSource";

    @Metadata(label = "producer", description = "Overrides the option destination for one run.", javaType = "String")
    public static final String DESTINATION = "CamelB2SyncDestination";

    @Metadata(label = "producer", description = "Overrides the option dryRun for one run.", javaType = "Boolean")
    public static final String DRY_RUN = "CamelB2DryRun";

    @Metadata(
            label = "producer",
            description = "Overrides the option asOf for one run.",
            javaType = "java.time.Instant or String")
    public static final String AS_OF = "CamelB2SyncAsOf";

    @Metadata(
            label = "producer",
            description = "The time that ages are counted from in one run, in milliseconds since 1970.",
            javaType = "Long")
    public static final String NOW = "CamelB2SyncNow";

    @Metadata(description = "The id of the run.", javaType = "String")
    public static final String RUN_ID = "CamelB2SyncRunId";

    @Metadata(
            description =
                    "In messages to reportTo: upload, download, copy, rename, renameByTime, hide, delete or deleteLocal.",
            javaType = "String")
    public static final String ACTION = "CamelB2SyncAction";

    @Metadata(
            description = "In messages to reportTo: the relative path. With mode=explain: overrides the option path.",
            javaType = "String")
    public static final String PATH = "CamelB2SyncPath";

    @Metadata(
            description = "In messages to reportTo: the version that was deleted, or the one that was made.",
            javaType = "String")
    public static final String FILE_ID = "CamelB2SyncFileId";

    @Metadata(description = "In messages to reportTo: how many bytes the action moved.", javaType = "Long")
    public static final String BYTES = "CamelB2SyncBytes";

    /** The exchange property that holds the run of {@code mode=plan} until its report is made. */
    static final String SESSION = "CamelB2SyncSession";

    private B2SyncConstants() {}
}
