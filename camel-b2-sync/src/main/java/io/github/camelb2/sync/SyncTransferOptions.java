// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2SyncConfiguration} that say when, how much and in which way files are transferred. */
@UriParams
public abstract class SyncTransferOptions {
    @UriParam(label = "common", javaType = "java.time.Duration")
    private long maxDuration;

    @UriParam(label = "common")
    private @Nullable String maxTransferBytes;

    @UriParam(label = "common")
    private @Nullable String window;

    @UriParam(label = "common", defaultValue = "soft", enums = "soft,hard")
    private String cutoff = "soft";

    @UriParam(label = "common", defaultValue = "name", enums = "name,size,modTime")
    private String order = "name";

    @UriParam(label = "common")
    private @Nullable String backupDir;

    @UriParam(label = "common")
    private @Nullable String backupSuffix;

    @UriParam(label = "common", defaultValue = "off", enums = "off,sha1,sizeAndTime")
    private String trackRenames = "off";

    @UriParam(label = "common")
    private @Nullable String preserve;

    public @Nullable String getPreserve() {
        return preserve;
    }

    /** What of files of this machine is stored besides content and time, and given back on the way down, with commas between: mode for permissions, owner for the numbers of user and group, setid for the set-user-id, set-group-id and sticky bits too, symlinks for links as links, of which those that may lead out of the directory come down only with allSymlinks, emptyDirs for directories without any entry. By default nothing. */
    public void setPreserve(@Nullable String preserve) {
        this.preserve = preserve;
    }

    public String getTrackRenames() {
        return trackRenames;
    }

    /** Whether a file of a local source that was moved is copied inside B2 instead of being uploaded again, and what tells that it is the same: its SHA-1, or its size and time, which looks at no content and may be wrong. Files that came wait for the end of the scans then. */
    public void setTrackRenames(String trackRenames) {
        this.trackRenames = trackRenames;
    }

    public @Nullable String getBackupDir() {
        return backupDir;
    }

    /** A directory of this machine that gets the files which a run down to a directory replaces or removes, each under its path, instead of losing them. It lies outside of what is synced; what is there already is never replaced. */
    public void setBackupDir(@Nullable String backupDir) {
        this.backupDir = backupDir;
    }

    public @Nullable String getBackupSuffix() {
        return backupSuffix;
    }

    /** What is put behind the names of files in backupDir, as .old or a date. */
    public void setBackupSuffix(@Nullable String backupSuffix) {
        this.backupSuffix = backupSuffix;
    }

    public long getMaxDuration() {
        return maxDuration;
    }

    /** How long one run may take, as 4h: then it ends, incomplete, and removes nothing more; 0 for no limit. */
    public void setMaxDuration(long maxDuration) {
        this.maxDuration = maxDuration;
    }

    public @Nullable String getMaxTransferBytes() {
        return maxTransferBytes;
    }

    /** How many bytes of files one run transfers, as a number or a size as 10GB: when they are reached it begins no transfer, and where one is left it ends, incomplete, and removes nothing more. Any number by default. */
    public void setMaxTransferBytes(@Nullable String maxTransferBytes) {
        this.maxTransferBytes = maxTransferBytes;
    }

    public @Nullable String getWindow() {
        return window;
    }

    /** The hours of the day in which runs work, as 22:00-06:00, or Europe/Berlin 22:00-06:00 where that is not the time zone of the machine. A consumer begins no run outside of them, and a run that is not at its end when they are over ends, incomplete, and removes nothing more. */
    public void setWindow(@Nullable String window) {
        this.window = window;
    }

    public String getCutoff() {
        return cutoff;
    }

    /** What becomes of transfers under way when maxDuration, maxTransferBytes or window ends a run: soft lets them go on to their end, hard breaks them off. */
    public void setCutoff(String cutoff) {
        this.cutoff = cutoff;
    }

    public String getOrder() {
        return order;
    }

    /** Which transfers come first: in the order of names, or, among 10,000 that are known, the smallest files, or those that were modified longest ago. */
    public void setOrder(String order) {
        this.order = order;
    }
}
