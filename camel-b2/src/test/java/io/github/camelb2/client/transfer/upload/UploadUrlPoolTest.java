// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UploadUrlPoolTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final UploadUrlPool pool = new UploadUrlPool(() -> now);
    private static final UploadUrlPool.Login KEY = new UploadUrlPool.Login("key", "realm");
    private final AtomicInteger fetched = new AtomicInteger();

    @Test
    void theUrlUsedLastIsUsedFirst() {
        UploadLease first = lease("bucket");
        UploadLease second = lease("bucket");
        giveBack(first);
        giveBack(second);

        assertThat(lease("bucket").target().url()).isEqualTo("url-2");
        assertThat(lease("bucket").target().url()).isEqualTo("url-1");
        assertThat(lease("bucket").target().url()).isEqualTo("url-3");
    }

    @Test
    void aUrlThatFailedIsNotUsedAgain() {
        lease("bucket").close();

        assertThat(lease("bucket").target().url()).isEqualTo("url-2");
        assertThat(pool.size()).isZero();
    }

    @Test
    void aUrlIsGivenBackOnce() {
        UploadLease lease = lease("bucket");
        giveBack(lease);
        lease.close();

        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void anotherTryTakesAFreshUrlAlthoughOneIsKept() {
        giveBack(lease("bucket"));

        assertThat(pool.leaseFresh("bucket", KEY, this::fetch).target().url()).isEqualTo("url-2");
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void urlsOfOneBucketOrFileServeNoOther() {
        giveBack(lease("bucket"));

        assertThat(lease("file").target().url()).isEqualTo("url-2");
        assertThat(lease("bucket").target().url()).isEqualTo("url-1");
    }

    @Test
    void urlsOfAnotherLoginAreDropped() {
        giveBack(lease("bucket"));

        assertThat(pool.lease("bucket", new UploadUrlPool.Login("other key", "realm"), this::fetch)
                        .target()
                        .url())
                .isEqualTo("url-2");
        assertThat(lease("bucket").target().url()).isEqualTo("url-3");
    }

    @Test
    void urlsAreUsedForLessThanADay() {
        giveBack(lease("bucket"));
        now = now.plus(Duration.ofHours(23));
        UploadLease old = lease("bucket");
        assertThat(old.target().url()).isEqualTo("url-1");
        giveBack(old);

        now = now.plusMillis(1);

        assertThat(lease("bucket").target().url()).isEqualTo("url-2");
    }

    @Test
    void theUrlsOfAFileThatHasEndedAreForgotten() {
        giveBack(lease("file"));

        pool.forget("file");

        assertThat(pool.size()).isZero();
    }

    @Test
    void noMessageShowsTheToken() {
        assertThat(lease("bucket").target().toString()).isEqualTo("UploadTarget[url=url-1, token=***]");
    }

    private UploadLease lease(String scope) {
        return pool.lease(scope, KEY, this::fetch);
    }

    private UploadTarget fetch() {
        return new UploadTarget("url-" + fetched.incrementAndGet(), "secret");
    }

    private static void giveBack(UploadLease lease) {
        lease.succeeded();
        lease.close();
    }
}
