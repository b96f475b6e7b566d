// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scan.ScanFilters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SyncRunsTest {
    private final SyncRuns runs = new SyncRuns();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForARunThatIsBeingOpened() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch loggedIn = new CountDownLatch(1);
        Future<SyncSession> slow = other.submit(() -> runs.begin("slow", () -> {
            opening.countDown();
            await(loggedIn);
            return session("slow", "1");
        }));
        await(opening);

        assertThat(runs.find("slow")).isEmpty();
        SyncSession fast = runs.begin("fast", () -> session("fast", "2"));
        runs.end(fast);
        runs.stopAll();
        loggedIn.countDown();

        assertThat(slow.get().hasNext()).as("stopped while it was opened").isFalse();
        assertThatThrownBy(() -> runs.begin("slow", () -> session("slow", "3")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("still under way (run 1)");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SyncSession session(String name, String id) {
        BucketAccess access = new BucketAccess(null, CallSettings.DEFAULT, TransferOptions.DEFAULT, Encryption.none());
        SyncEngine engine = new SyncEngine(
                bucket -> access,
                bucket -> access,
                ActionListener.NONE,
                SyncProgressListener.NONE,
                InstantSource.system());
        SyncJob job = new SyncJob(
                name,
                new Location.Directory(Path.of("/nowhere")),
                new Location.Bucket("b", ""),
                SyncPolicy.of(Direction.LOCAL_TO_B2),
                ScanFilters.NONE,
                1,
                SyncReport.Mode.REAL);
        return engine.open(job, new SyncRun(id, 0));
    }
}
