// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.InstantSource;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.file.VersionFilter;

/**
 * Which file versions a consumer wants; what it consumed before does not matter here. A version that is too young is
 * wanted later: the sweeps find it again.
 *
 * <p>Names are compared whole, folders included. Immutable.
 */
public final class NewVersionFilter {
    private static final String EMPTY_FOLDER = ".bzEmpty";

    private final VersionFilter chosen;
    private final DoneFiles doneFiles;
    private final boolean folders;
    private final boolean hideMarkers;
    private final InstantSource clock;
    private final B2Configuration options;

    private NewVersionFilter(B2Configuration options, DoneFiles doneFiles, InstantSource clock) {
        this.chosen = VersionFilter.of(options);
        this.doneFiles = doneFiles;
        this.folders = options.isIncludeFolders();
        this.hideMarkers = options.isIncludeHidden();
        this.clock = clock;
        this.options = options;
    }

    /**
     * The filter of these options.
     *
     * @param clock the service's, which ages are counted by
     * @throws IllegalArgumentException naming the option that cannot be
     */
    public static NewVersionFilter of(B2Configuration options, DoneFiles doneFiles, InstantSource clock) {
        return new NewVersionFilter(options, doneFiles, clock);
    }

    /** Whether files of that name are wanted at all. */
    boolean acceptsName(String name) {
        return !doneFiles.isDoneFile(name)
                && (folders || !name.endsWith("/") && !name.endsWith(EMPTY_FOLDER))
                && ConsumedNames.isFromStart(name, options)
                && chosen.acceptsName(name);
    }

    /** Whether that version is wanted now. */
    public boolean accepts(FileVersion version) {
        return acceptsAtSomeTime(version) && chosen.accepts(version, clock.instant());
    }

    /** Whether that version is or was wanted, or will be: content, or a hide marker if they are asked for, of such a name. */
    public boolean acceptsAtSomeTime(FileVersion version) {
        return (version.hasContent() || hideMarkers && version.hides()) && acceptsName(version.fileName());
    }
}
