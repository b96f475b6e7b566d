// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

/**
 * One upload URL for one upload. Closing it gives the URL back only after {@link #succeeded()}: a URL is as good as the
 * last upload to it, and B2 refuses a token whose last upload may still be under way. For one thread.
 */
final class UploadLease implements AutoCloseable {
    private final UploadUrlPool pool;
    private final String scope;
    private final UploadUrlPool.Kept url;
    private boolean good;

    UploadLease(UploadUrlPool pool, String scope, UploadUrlPool.Kept url) {
        this.pool = pool;
        this.scope = scope;
        this.url = url;
    }

    UploadTarget target() {
        return url.target();
    }

    /** The upload was answered: the URL can be used again. */
    void succeeded() {
        good = true;
    }

    @Override
    public void close() {
        if (good) {
            good = false;
            pool.giveBack(scope, url);
        }
    }
}
