// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.state.file.Protection;

/**
 * Carries out the lifecycle rules of all buckets once. A version counts as hidden from the time of the next newer version of its name; what is
 * locked stays.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-lifecycle-rules">Lifecycle rules</a>
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    private static final String CAUSE = "LifecycleRule";

    private final Account account;

    Lifecycle(Account account) {
        this.account = account;
    }

    void run() {
        for (Bucket bucket : account.buckets().list()) {
            if (!bucket.isSynthetic()) {
                bucket.lifecycleRules().forEach(rule -> apply(rule, bucket));
            }
        }
    }

    private void apply(JsonNode rule, Bucket bucket) {
        String prefix = rule.get("fileNamePrefix").textValue();
        List<FileVersion> ofOneName = new ArrayList<>();
        AllVersions.of(account, bucket.id(), prefix, version -> {
            if (version.action() == Action.START) {
                cancel(rule, version);
                return;
            }
            if (!ofOneName.isEmpty() && !ofOneName.get(0).name().equals(version.name())) {
                apply(rule, ofOneName);
                ofOneName.clear();
            }
            ofOneName.add(version);
        });
        if (!ofOneName.isEmpty()) {
            apply(rule, ofOneName);
        }
    }

    private void cancel(JsonNode rule, FileVersion started) {
        if (isDue(rule, "daysFromStartingToCancelingUnfinishedLargeFiles", started.timestamp())) {
            attempt("cancel", started, () -> account.largeFiles().cancel(started.id()));
        }
    }

    /** The versions of one name, newest first. */
    private void apply(JsonNode rule, List<FileVersion> versions) {
        FileVersion newest = versions.get(0);
        if (newest.action() == Action.UPLOAD && isDue(rule, "daysFromUploadingToHiding", newest.timestamp())) {
            attempt("hide", newest, () -> account.files().hide(newest.bucketId(), newest.name(), CAUSE));
        }
        int left = versions.size();
        for (int i = versions.size() - 1; i > 0; i--) {
            if (isDue(rule, "daysFromHidingToDeleting", versions.get(i - 1).timestamp()) && delete(versions.get(i))) {
                left--;
            }
        }
        // A marker that hides nothing any more goes last.
        if (left == 1
                && newest.action() == Action.HIDE
                && isDue(rule, "daysFromHidingToDeleting", newest.timestamp())) {
            delete(newest);
        }
    }

    private boolean delete(FileVersion version) {
        return attempt("delete", version, () -> account.files()
                .delete(version.name(), version.id(), Protection.Bypass.NONE, CAUSE));
    }

    private boolean isDue(JsonNode rule, String days, long since) {
        JsonNode value = rule.path(days);
        return value.isIntegralNumber()
                && account.now() - since >= Duration.ofDays(value.longValue()).toMillis();
    }

    /** A client may have been faster, and what is locked is not for rules. */
    private static boolean attempt(String what, FileVersion version, Runnable action) {
        try {
            action.run();
            return true;
        } catch (B2Error e) {
            LOG.debug("lifecycle rule: {} {} {}: {}", what, version.name(), version.id(), e.reason());
            return false;
        }
    }
}
