// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.time.Duration;

/**
 * Hears what the client does, for progress, metrics and traces.
 *
 * <p>Methods are called on the threads that do the work, also several at once, and must be quick and thread-safe. What
 * they throw is logged and dropped: a listener cannot fail a transfer. Nothing passed here holds a secret.
 */
public interface ClientListener {
    /** Hears nothing. */
    ClientListener NONE = new ClientListener() {};

    /** One HTTP request was answered, or failed without an answer. */
    default void onRequest(SentRequest request) {}

    /**
     * The content of a download ended, or was given up.
     *
     * @param request the request that it was asked for with, which was told of before
     * @param bytes those that came
     */
    default void onDownloaded(SentRequest request, long bytes) {}

    /** A call is going to be tried again after the wait. */
    default void onRetry(String call, String reason, int attempt, Duration wait) {}

    /** A new authorization was made. */
    default void onAuthorized(String applicationKeyId) {}

    /**
     * The upload of a large file goes on where an earlier one was cut off.
     *
     * @param fileName the B2 file name
     * @param bytes those that B2 has already
     */
    default void onUploadResumed(String fileName, long bytes) {}

    /**
     * An upload or a copy has begun a large file, or goes on with one that an earlier upload of this machine has begun:
     * until it is finished or cancelled, its parts cost as files do.
     *
     * @param fileName the B2 file name
     * @param fileId the id of the large file, which is that of the version when it is finished
     */
    default void onLargeFile(String fileName, String fileId) {}

    /**
     * Bytes of a transfer went by.
     *
     * @param transfer one number for all reports of the same transfer, unique in this client
     * @param fileName the B2 file name
     * @param bytes those confirmed so far; goes down when a part has to be sent again
     * @param total of the whole transfer, -1 when unknown
     */
    default void onProgress(long transfer, String fileName, long bytes, long total) {}
}
