// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.sync.action.local.RootGuard;

/** What the failure of one action tells about all the others. */
public enum ErrorClass {
    /** Every other action would fail too: the key, a cap, the bucket, the disk. */
    FATAL,
    /** The service is away, perhaps for long. */
    OUTAGE,
    /** It is about that file. */
    FILE;

    private static final List<String> NO_BUCKET = List.of("bad_bucket_id", "no_such_bucket");
    /** How the systems that Java runs on say it. */
    private static final List<String> DISK = List.of(
            "no space left on device",
            "disk quota exceeded",
            "read-only file system",
            "not enough space on the disk",
            "media is write protected");

    /** The class of a failure, by whatever of its causes tells most. */
    public static ErrorClass of(Throwable failure) {
        ErrorClass found = FILE;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ErrorClass one = ofOne(cause);
            if (one == FATAL) {
                return FATAL;
            }
            found = one == OUTAGE ? OUTAGE : found;
        }
        return found;
    }

    private static ErrorClass ofOne(Throwable cause) {
        if (cause instanceof B2CapExceededException || cause instanceof RootGuard.RootChangedException) {
            return FATAL;
        }
        if (cause instanceof B2UnauthorizedException refused) {
            // "access_denied" is about one version: it is locked, or its customer key is another.
            return refused.code().equals("access_denied") ? FILE : FATAL;
        }
        if (cause instanceof B2ThrottledException || cause instanceof B2TransportException) {
            return OUTAGE;
        }
        if (cause instanceof B2Exception answer) {
            boolean isGone = NO_BUCKET.contains(answer.code());
            return isGone ? FATAL : answer.status() >= 500 ? OUTAGE : FILE;
        }
        return isAboutTheDisk(cause.getMessage()) ? FATAL : FILE;
    }

    private static boolean isAboutTheDisk(@Nullable String message) {
        if (message == null) {
            return false;
        }
        String text = message.toLowerCase(Locale.ROOT);
        return DISK.stream().anyMatch(text::contains);
    }
}
