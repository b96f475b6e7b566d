// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.util.List;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.plan.actions.StoredContent;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * Stores the good content of a damaged version as a new one, from a second side whose file has exactly the recorded digest.
 * Nothing is hidden, and nothing deleted but what it has stored itself, where that covers what somebody stored meanwhile.
 * Thread-safe.
 */
final class Repairer {
    /** What is good at B2 is read as damaged here: further repairs would store the same again, in each run. */
    static final class LineException extends IOException {
        private static final long serialVersionUID = 1L;

        LineException(String message) {
            super(message);
        }
    }

    private final BucketSide bucket;
    private final Side second;

    Repairer(BucketSide bucket, Side second) {
        this.bucket = bucket;
        this.second = second;
    }

    /** How often a repair reads so many bytes from B2: what it has stored, and the second side where that is a bucket. */
    int readings() {
        return second instanceof LocalSide ? 1 : 2;
    }

    /** How many calls of class C a repair takes: looks at the name, and a copy where the second side is a bucket. */
    int calls() {
        return second instanceof LocalSide ? 4 : 6;
    }

    /**
     * Repairs what a name shows.
     *
     * @return the new version
     * @throws IOException why it was not repaired
     */
    String repair(String path, RemoteVersion damaged) throws IOException {
        if (damaged.sha1().isEmpty()) {
            throw new IOException("it has no recorded digest, so nobody knows what it has to hold");
        }
        refuseAnother(path, damaged);
        String stored = second instanceof LocalSide local ? upload(local, path, damaged) : copy(path, damaged);
        takeBackIfCovering(path, damaged, stored);
        RemoteVersion there = bucket.newest(path)
                .filter(newest -> newest.fileId().equals(stored))
                .orElseThrow(() ->
                        new IOException("it was stored again as " + stored + ", and that is not what the name shows"));
        readBack(there, damaged.sha1());
        return stored;
    }

    /** B2 has compared what it was sent, so it is not to blame for what comes of it now. */
    private void readBack(RemoteVersion stored, String sha1) throws LineException {
        String came;
        try {
            came = "holds content of SHA-1 " + bucket.sha1OfContent(stored);
        } catch (IOException | B2Exception e) {
            came = "cannot be read: " + e.getMessage();
        }
        if (!came.endsWith(" " + sha1)) {
            throw new LineException("it was stored again as " + stored.fileId() + ", which B2 took as good, and that "
                    + came + ": what comes from B2 is damaged on its way here");
        }
    }

    /** What was stored again before, with its time, and is read as damaged again, is not the disk's fault. */
    private void refuseAnother(String path, RemoteVersion damaged) throws IOException {
        List<RemoteVersion> versions = bucket.versions(path);
        if (versions.isEmpty() || !versions.get(0).fileId().equals(damaged.fileId())) {
            throw covered();
        }
        for (RemoteVersion below : versions.subList(1, versions.size())) {
            if (below.isContent()
                    && below.sha1().equals(damaged.sha1())
                    && below.modifiedMillis() == damaged.modifiedMillis()) {
                throw new LineException(
                        "version " + below.fileId() + " below it is the same, so it was stored again before,"
                                + " and is read as damaged again: see whether what comes from B2 is damaged on its way here; if it"
                                + " is not, delete version " + damaged.fileId());
            }
        }
    }

    private static IOException covered() {
        return new IOException("it is an old version, and the name shows another one by now");
    }

    private boolean isShown(String path, RemoteVersion damaged) {
        return bucket.newest(path)
                .filter(newest -> newest.fileId().equals(damaged.fileId()))
                .isPresent();
    }

    /** Stored again it would take the place of what is there now. */
    private void refuseCovering(String path, RemoteVersion damaged) throws IOException {
        if (!isShown(path, damaged)) {
            throw covered();
        }
    }

    /**
     * B2 has no condition for uploads: what somebody stored or hid between the last look and the end of the upload, or of a
     * second try of it, must not stay below what was stored here. Only that is deleted.
     */
    private void takeBackIfCovering(String path, RemoteVersion damaged, String stored) throws IOException {
        boolean isAbove = false;
        boolean isDamagedThere = false;
        boolean isOtherBetween = false;
        for (RemoteVersion version : bucket.versions(path)) {
            if (version.fileId().equals(damaged.fileId())) {
                isDamagedThere = true;
                break;
            }
            // A first try may have stored the same, and its answer may have been lost.
            isOtherBetween |=
                    isAbove && (!version.isContent() || !version.sha1().equals(damaged.sha1()));
            isAbove |= version.fileId().equals(stored);
        }
        if (!isAbove || (isDamagedThere && !isOtherBetween)) {
            return;
        }
        try {
            bucket.delete(
                    new SyncAction.Delete(path, stored, SyncAction.Delete.Note.OLD_VERSION, StoredContent.UNKNOWN),
                    () -> true);
        } catch (B2Exception e) {
            throw new IOException(
                    "somebody stored, hid or deleted the name meanwhile, and what was stored again as " + stored
                            + " covers that and could not be taken away: delete that version (" + e.getMessage() + ")",
                    e);
        }
        throw new IOException("somebody stored, hid or deleted the name meanwhile, so what was stored again was taken"
                + " away again");
    }

    private String upload(LocalSide local, String path, RemoteVersion damaged) throws IOException {
        ScanItem.SyncFile file = local.look(path)
                .filter(found -> found.size() == damaged.size())
                .orElseThrow(() -> new IOException("the second side has no file of that name and size"));
        LocalFileSource content = local.source(path, file.size(), file.modifiedMillis());
        check(content.digests(0).whole(), damaged);
        refuseCovering(path, damaged);
        return bucket.whileWanted(() -> isShown(path, damaged))
                .upload(new SyncAction.Upload(path, damaged.size(), damaged.modifiedMillis()), content);
    }

    private String copy(String path, RemoteVersion damaged) throws IOException {
        BucketSide other = (BucketSide) second;
        RemoteVersion version = other.newest(path)
                .filter(found -> found.isContent() && found.size() == damaged.size())
                .orElseThrow(() -> new IOException("the second side has no file of that name and size"));
        check(other.sha1OfContent(version), damaged);
        refuseCovering(path, damaged);
        return bucket.whileWanted(() -> isShown(path, damaged))
                .copyFrom(
                        other,
                        new SyncAction.Copy(
                                path,
                                version.fileId(),
                                version.size(),
                                damaged.modifiedMillis(),
                                version.modifiedMillis() == damaged.modifiedMillis()
                                                && version.modifiedMillis() != version.uploadMillis()
                                        ? SyncAction.Copy.Metadata.KEPT
                                        : SyncAction.Copy.Metadata.TIME_ADDED));
    }

    private static void check(String sha1, RemoteVersion damaged) throws IOException {
        if (!sha1.equals(damaged.sha1())) {
            throw new IOException("the second side holds other content (SHA-1 " + sha1 + ") than what was stored");
        }
    }
}
