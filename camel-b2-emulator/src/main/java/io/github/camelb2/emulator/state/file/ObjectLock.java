// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.BucketSettings;

/**
 * The rules of object lock.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-object-lock">Object Lock</a>
 */
public final class ObjectLock {

    private static final long DAY = Duration.ofDays(1).toMillis();

    private ObjectLock() {}

    /** What protects a new version: what was asked for, else the bucket's default. */
    static Protection onCreation(Bucket bucket, Protection asked, long timestamp) {
        if (!asked.isNone()) {
            requireEnabled(bucket);
        }
        JsonNode mode = bucket.defaultRetention().get("mode");
        if (asked.mode() != null || mode == null || mode.isNull() || !bucket.isLockEnabled()) {
            return asked;
        }
        JsonNode period = bucket.defaultRetention().get("period");
        long unit = period.get("unit").textValue().equals("years") ? 365 * DAY : DAY;
        return asked.withRetention(
                mode.textValue(), timestamp + unit * period.get("duration").longValue());
    }

    public static void requireEnabled(Bucket bucket) {
        if (!bucket.isLockEnabled()) {
            throw new B2Error(400, "bucket_missing_file_lock", "The bucket is not file lock enabled");
        }
    }

    /** The time until which a version is retained; mode and time come together, and the time lies in the future. */
    public static @Nullable Long checkRetention(@Nullable String mode, @Nullable Long until, long now) {
        if (mode == null && until == null) {
            return null;
        }
        BucketSettings.requireMode(mode);
        if (until == null) {
            throw B2Error.badRequest("a retention mode needs a retainUntilTimestamp");
        }
        if (until <= now) {
            throw new B2Error(
                    400, "retain_until_timestamp_must_be_in_future", "The retainUntilTimestamp must be in future");
        }
        return until;
    }

    public static String checkLegalHold(String hold) {
        if (!hold.equals("on") && !hold.equals("off")) {
            throw B2Error.badRequest("legalHold must be on or off, not " + hold);
        }
        return hold;
    }
}
