// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.body.BodyHold;
import io.github.camelb2.body.HeldBody;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * A local file that a version was downloaded to: a message body that knows what it is a copy of.
 *
 * <p>The description goes with this object alone; another {@code File} of the same path has none. It is not serialised.
 * Immutable.
 */
public final class DownloadedFile extends File implements HeldBody {
    private static final long serialVersionUID = 1;

    private final transient @Nullable FileVersion version;
    private final transient @Nullable BodyHold hold;
    private final long lengthThen;
    private final long modifiedThen;

    /** The file at that path, which holds the content of that version now. */
    public DownloadedFile(Path path, FileVersion version) {
        this(path, version, null);
    }

    /** @param hold what keeps the file; null if nothing takes it away */
    public DownloadedFile(Path path, FileVersion version, @Nullable BodyHold hold) {
        super(path.toString());
        this.version = version;
        this.hold = hold;
        this.lengthThen = length();
        this.modifiedThen = lastModified();
        if (hold != null) {
            hold.track(this);
        }
    }

    @Override
    public @Nullable BodyHold hold() {
        return hold;
    }

    @Override
    public Object ownedBy(Exchange exchange) {
        return this;
    }

    /** What the file is a copy of; empty once it was written to. */
    public Optional<FileVersion> version() {
        return lengthThen == length() && modifiedThen == lastModified()
                ? Optional.ofNullable(version)
                : Optional.empty();
    }
}
