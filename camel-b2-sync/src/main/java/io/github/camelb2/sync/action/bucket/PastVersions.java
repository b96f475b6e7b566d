// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.CurrentVersions.Standing;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * A listing of all versions as it was at a time: of each name the version or hide marker that it stood for, and none of the
 * names that came later. Unfinished large files pass. Holds one version, whatever the number of versions. Not thread-safe.
 */
final class PastVersions implements Iterator<FileVersion> {
    private final Iterator<FileVersion> all;
    private final CurrentVersions then;
    private final LostVersions lost;
    private @Nullable FileVersion ahead;
    /** The last name that was read, as long as nothing was there of it. */
    private @Nullable String later;

    PastVersions(Iterator<FileVersion> all, Instant time, LostVersions lost) {
        this.all = all;
        this.then = new CurrentVersions(time);
        this.lost = lost;
    }

    /** A page of a listing, of which whoever reads it takes the first version of each name. */
    static FilePage of(FilePage page, Instant time) {
        CurrentVersions known = new CurrentVersions(time);
        return new FilePage(
                page.files().stream().filter(known::wasThere).toList(), page.nextFileName(), page.nextFileId());
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && all.hasNext()) {
            FileVersion version = all.next();
            if (isThere(version)) {
                ahead = version;
            }
        }
        if (ahead == null) {
            tellLater();
        }
        return ahead != null;
    }

    private boolean isThere(FileVersion version) {
        if (!version.fileName().equals(later)) {
            tellLater();
        }
        Standing standing = then.of(version);
        if (standing == Standing.LATER) {
            later = version.fileName();
        } else if (standing == Standing.CURRENT) {
            later = null;
        }
        return standing == Standing.CURRENT || standing == Standing.NO_VERSION;
    }

    private void tellLater() {
        if (later != null) {
            lost.onlyLater(later);
            later = null;
        }
    }

    @Override
    public FileVersion next() {
        FileVersion found = hasNext() ? ahead : null;
        if (found == null) {
            throw new NoSuchElementException();
        }
        ahead = null;
        return found;
    }
}
