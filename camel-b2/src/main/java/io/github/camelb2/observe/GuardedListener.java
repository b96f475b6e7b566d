// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.time.Duration;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;

/** What an observer's listener throws ends here. */
record GuardedListener(ClientListener listener, Complaint complaint) implements ClientListener {
    @Override
    public void onRequest(SentRequest request) {
        complaint.tell(() -> listener.onRequest(request));
    }

    @Override
    public void onDownloaded(SentRequest request, long bytes) {
        complaint.tell(() -> listener.onDownloaded(request, bytes));
    }

    @Override
    public void onRetry(String call, String reason, int attempt, Duration wait) {
        complaint.tell(() -> listener.onRetry(call, reason, attempt, wait));
    }

    @Override
    public void onAuthorized(String applicationKeyId) {
        complaint.tell(() -> listener.onAuthorized(applicationKeyId));
    }

    @Override
    public void onUploadResumed(String fileName, long bytes) {
        complaint.tell(() -> listener.onUploadResumed(fileName, bytes));
    }

    @Override
    public void onLargeFile(String fileName, String fileId) {
        complaint.tell(() -> listener.onLargeFile(fileName, fileId));
    }

    @Override
    public void onProgress(long transfer, String fileName, long bytes, long total) {
        complaint.tell(() -> listener.onProgress(transfer, fileName, bytes, total));
    }
}
