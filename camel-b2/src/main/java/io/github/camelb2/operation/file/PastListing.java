// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.Progress;
import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.CurrentVersions.Standing;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.step.OperationScope;

/**
 * A listing of a bucket as it was at a time, made of a listing of all versions. Not thread-safe.
 *
 * <p>One page is held at a time, whatever the number of versions of a name. Pages that can hold nothing more are passed
 * by: those with older versions of a name that is decided, and those below a folder that is already listed. Pages with
 * versions that came later must be read, because B2 has no index by time. Folders are made here: B2's own would also
 * stand for names that came later.
 */
final class PastListing implements Iterator<FileVersion> {
    private static final int LONGEST_NAME = 1024;
    private static final int DELETE = 0x7f;

    private final OperationScope scope;
    private final CurrentVersions then;
    private final boolean onlyCurrent;
    private final String prefix;
    private final @Nullable String delimiter;
    private final Progress progress;
    private ListFileVersions next;
    private Iterator<FileVersion> entries = Collections.emptyIterator();
    private @Nullable String nextName;
    private @Nullable String nextId;

    /** Whether the next page is decided and could not be read yet. */
    private boolean isTurned;

    private @Nullable String folder;
    private @Nullable FileVersion ahead;

    private PastListing(
            ListFileVersions first,
            @Nullable String delimiter,
            boolean onlyCurrent,
            Instant time,
            OperationScope scope) {
        this.scope = scope;
        this.then = new CurrentVersions(time);
        this.onlyCurrent = onlyCurrent;
        this.prefix = Objects.requireNonNullElse(first.prefix(), "");
        this.delimiter = delimiter == null || delimiter.isEmpty() ? null : delimiter;
        this.progress = new Progress(first.name(), first.subject(), first);
        this.next = first;
        // As for listings of now, the first page is asked for at once, so that a refusal shows where it belongs.
        turn();
    }

    /** The version that each name stood for, without those that were hidden. */
    static Iterator<FileVersion> ofNames(ListFileNames request, Instant time, OperationScope scope) {
        ListFileVersions all = new ListFileVersions(
                request.bucketId(), request.startFileName(), null, request.maxFileCount(), request.prefix(), null);
        return new PastListing(all, request.delimiter(), true, time, scope);
    }

    /** All that was there. */
    static Iterator<FileVersion> ofVersions(ListFileVersions request, Instant time, OperationScope scope) {
        ListFileVersions all = new ListFileVersions(
                request.bucketId(),
                request.startFileName(),
                request.startFileId(),
                request.maxFileCount(),
                request.prefix(),
                null);
        return new PastListing(all, request.delimiter(), false, time, scope);
    }

    @Override
    public boolean hasNext() {
        while (ahead == null) {
            if (entries.hasNext()) {
                ahead = shown(entries.next());
            } else if (isTurned || goesOn()) {
                isTurned = true;
                turn();
                isTurned = false;
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public FileVersion next() {
        FileVersion found = hasNext() ? ahead : null;
        if (found == null) {
            throw new NoSuchElementException("the listing is at its end");
        }
        ahead = null;
        return found;
    }

    /** What the listing shows for that version: itself, the folder that it is the first of, or nothing. */
    private @Nullable FileVersion shown(FileVersion version) {
        Standing standing = then.of(version);
        boolean isWanted = onlyCurrent ? standing == Standing.CURRENT && version.hasContent() : then.wasThere(version);
        if (!isWanted) {
            return null;
        }
        String parent = parent(version.fileName());
        if (parent == null) {
            return version;
        }
        boolean isListed = parent.equals(folder);
        folder = parent;
        return isListed ? null : folderEntry(version.bucketId(), parent);
    }

    private @Nullable String parent(String name) {
        int end = delimiter == null ? -1 : name.indexOf(delimiter, prefix.length());
        return end < 0 || delimiter == null ? null : name.substring(0, end + delimiter.length());
    }

    private static FileVersion folderEntry(String bucketId, String name) {
        return new FileVersion(
                "", Action.FOLDER, bucketId, 0, null, "none", "", "", Map.of(), name, null, null, null, null, 0);
    }

    private void turn() {
        ListFileVersions wanted = Objects.requireNonNull(next, "next");
        FilePage page = scope.call(wanted);
        entries = page.files().iterator();
        nextName = page.nextFileName();
        nextId = page.nextFileId();
    }

    /** Decides, where a page is read, which one can hold something more; answers false if none can. */
    private boolean goesOn() {
        String name = nextName;
        if (name == null) {
            return false;
        }
        String jump = jump(name);
        if (jump != null && !jump.startsWith(prefix)) {
            return false;
        }
        next = new ListFileVersions(
                next.bucketId(),
                jump == null ? name : jump,
                jump == null ? nextId : null,
                next.maxFileCount(),
                next.prefix(),
                null);
        progress.to(next);
        return true;
    }

    /** The first name that can still count, where the listing is within what is decided; null where it is not. */
    private @Nullable String jump(String name) {
        String parent = parent(name);
        if (parent != null && parent.equals(folder)) {
            return behindFolder(parent);
        }
        // A blank is the first character that a longer name can go on with.
        boolean isDecided = onlyCurrent && then.isDecided(name);
        return isDecided && name.getBytes(StandardCharsets.UTF_8).length < LONGEST_NAME ? name + " " : null;
    }

    /** The first name behind all that begin so: the last character raised by one, past what no name has. */
    private static @Nullable String behindFolder(String parent) {
        int last = parent.codePointBefore(parent.length());
        int raised = last + 1;
        if (raised == DELETE) {
            raised++;
        } else if (raised == Character.MIN_SURROGATE) {
            raised = Character.MAX_SURROGATE + 1;
        } else if (raised > Character.MAX_CODE_POINT) {
            return null;
        }
        String start = parent.substring(0, parent.length() - Character.charCount(last));
        return start + new String(Character.toChars(raised));
    }
}
