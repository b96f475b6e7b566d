// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.scan.ListedVersion;

/**
 * A bucket and a prefix as one side of a sync; paths are relative to the prefix. Thread-safe.
 *
 * <p>Methods throw {@link io.github.camelb2.client.api.B2Exception} for what B2 answers and {@link IOException} for what
 * happens on this machine.
 */
public non-sealed interface BucketSide extends Side {
    /**
     * All versions below the prefix, by name and newest first, without unfinished large files; pages come lazily. Of a side
     * that is looked at as of a time, what each name stood for then, and nothing that came later.
     */
    Iterator<ListedVersion> list();

    /**
     * The same from a name on, and a page at a time: none is asked for before the versions of the one before were taken.
     *
     * @param name       whole, with the prefix; empty for the first one
     * @param pageSize   the versions of a page
     * @param mayAsk     asked before each page; the listing ends where it says no
     * @param gate       lets the requests pass
     */
    Iterator<ListedVersion> pages(String name, int pageSize, BooleanSupplier mayAsk, RequestGate gate);

    /** Why the last {@link #list} may lack what was there at the time of this side; empty when nothing says so. */
    Optional<String> lost();

    /** What becomes of unfinished large files below the prefix at the end of a run. */
    enum Unfinished {
        /** Those that uploads of this machine left which have ended are cancelled: no file of the run wants them. */
        CANCELLED_IF_LEFT_HERE,
        /** They are counted. */
        COUNTED
    }

    /**
     * Unfinished large files.
     *
     * @param cancelled how many were cancelled
     * @param left      how many are there still, without those that this machine is uploading
     * @param first     the name of the oldest that is left; empty when there is none
     * @param trouble   why one that this machine left could not be cancelled; empty when that did not happen
     */
    record UnfinishedCount(long cancelled, long left, String first, String trouble) {}

    /** Looks for unfinished large files again if {@link #list} has passed one; costs nothing otherwise. */
    UnfinishedCount endUnfinished(Unfinished what);

    /**
     * Cancels a large file that a worker elsewhere has begun for a path, and of which it is known that nobody wants it any
     * more. It stays where somebody seems to be at work on it all the same.
     *
     * @return false if it stays; true also for one that is finished or gone, or was never one of that path
     */
    boolean cancelUnwanted(String path, String fileId);

    /**
     * When the page was asked for that the last item of {@link #list} came with, in milliseconds since 1970, or one before
     * it; 0 when there was none.
     */
    long seenMillis();

    /** B2's clock, as its last answers told it. */
    InstantSource serviceClock();

    /** The newest version of a path, a hide marker too; empty when the name does not exist. */
    Optional<RemoteVersion> newest(String path);

    /** The versions of a path and its hide markers as of now, the newest first. */
    List<RemoteVersion> versions(String path);

    /** The same side, which tries what failed again only while that is wanted. */
    BucketSide whileWanted(BooleanSupplier isWanted);

    /** The newest versions of paths as of now, hide markers too; neighbours share a listing. */
    Map<String, RemoteVersion> newestNow(List<String> paths);

    /**
     * The newest version of a path as of a few seconds ago: paths that are asked for in their order share a listing. What
     * this side has stored, hidden or deleted since is known.
     */
    Optional<RemoteVersion> newestBeforeRemoval(String path);

    /** {@link #newestBeforeRemoval} is going to be asked for that path, by any thread, after those before. */
    void expectRemoval(String path);

    /** It was asked for, or will not be. */
    void forgetRemoval(String path);

    /** What {@link #upload} of so many bytes will be billed. */
    Bill expectedUpload(long bytes);

    /** What {@link #append} will be billed. */
    Bill expectedAppend(SyncAction.IncrementalUpload action);

    /** What {@link #download} will be billed. */
    Bill expectedDownload(SyncAction.Download action);

    /** What {@link #copyFrom} will be billed. */
    Bill expectedCopy(BucketSide source, SyncAction.Copy action);

    /** Stores a local file as the newest version; returns its id. */
    String upload(SyncAction.Upload action, LocalFileSource source);

    /** Stores a local file by copying the version it grew from and uploading the rest; returns the new id. */
    String append(SyncAction.IncrementalUpload action, LocalFileSource source) throws IOException;

    /**
     * Downloads a version to a file, verified; answers its file information.
     *
     * @param access who may open the file
     */
    Map<String, String> download(SyncAction.Download action, Path temporary, TransferOptions.Access access);

    /**
     * Copies a version of {@code source} under the same path, with all its metadata, through this machine only where B2
     * cannot; returns the new id.
     */
    String copyFrom(BucketSide source, SyncAction.Copy action);

    /**
     * Copies a version of this side to another of its paths, where that is what the action says of it, with what is stored
     * with files that are uploaded; empty, and nothing is done, where it is not, or B2 has not verified its content.
     *
     * @param info what is stored with it because the disk says so
     */
    Optional<String> copyWithin(SyncAction.Rename action, Map<String, String> info);

    /**
     * Checks that a version is one of that path of this side, and not of another name or bucket. One that is gone passes:
     * whoever uses it learns that from B2.
     *
     * @throws IOException if it is another one
     */
    void checkHolds(String path, String fileId) throws IOException;

    /**
     * Downloads a version and tells the SHA-1 of what came, whatever B2 says of it, as 40 hexadecimal digits in lower case.
     *
     * @throws IOException if fewer or more bytes came than the version has
     */
    String sha1OfContent(RemoteVersion version) throws IOException;

    /** The SHA-1 of a version, where B2 knows it and the version is still there. */
    Optional<String> sha1(String fileId);

    /** Hides a path; returns the id of the marker. Asks, before it tries again, whether that is wanted. */
    String hide(String path, BooleanSupplier isWanted);

    /** Those of the names that were hidden whose marker lies on a version that their plan did not know. */
    List<Hidden> hiddenByMistake(List<Hidden> hidden);

    /** Deletes one version; one that is gone already is no failure. Asks, before it tries again, whether that is wanted. */
    void delete(SyncAction.Delete action, BooleanSupplier isWanted);
}
