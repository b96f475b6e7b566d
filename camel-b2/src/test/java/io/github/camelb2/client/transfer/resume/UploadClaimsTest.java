// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class UploadClaimsTest {
    @TempDir
    Path parent;

    private Instant now = Instant.now();

    @Test
    void aClaimThatIsHeldIsAlive() {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.startedAs("file-1");

        UploadClaims.Found found = claims().find("bucket", "a.bin");

        assertThat(found.alive()).containsExactly("file-1");
        assertThat(found.dead()).isEmpty();
        claim.release();
    }

    @Test
    void aClaimThatWasAbandonedIsTakenOverByOneOnly() {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.startedAs("file-1");
        claim.abandon();

        UploadClaims.Found found = claims().find("bucket", "a.bin");
        UploadClaims.Found other = claims().find("bucket", "a.bin");

        assertThat(found.deadClaimOf("file-1")).isPresent();
        assertThat(found.deadClaimOf("file-2")).isEmpty();
        assertThat(other.dead()).isEmpty();
        assertThat(other.alive()).containsExactly("file-1");
        found.dead().forEach(UploadClaim::release);
    }

    @Test
    void aDoubtStaysWithTheClaimUntilItIsTakenBack() {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.startedAs("file-1");
        claim.doubt();
        claim.abandon();

        UploadClaim doubted = claims().find("bucket", "a.bin").dead().get(0);
        assertThat(doubted.fileId()).hasValue("file-1");
        assertThat(doubted.isDoubted()).isTrue();
        doubted.trust();
        doubted.abandon();

        UploadClaim trusted = claims().find("bucket", "a.bin").dead().get(0);
        assertThat(trusted.fileId()).hasValue("file-1");
        assertThat(trusted.isDoubted()).isFalse();
        trusted.release();
    }

    @Test
    void otherNamesAndBucketsAreNotTouched() {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.abandon();

        assertThat(claims().find("bucket", "b.bin").dead()).isEmpty();
        assertThat(claims().find("other", "a.bin").dead()).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aReleasedClaimLeavesNothing() {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.startedAs("file-1");
        claim.release();

        assertThat(claims().find("bucket", "a.bin")).isEqualTo(new UploadClaims.Found(List.of(), List.of()));
        assertThat(files()).isEmpty();
    }

    @Test
    void claimsThatNobodyAsksForAreForgottenAfterAWeek() {
        claims().open("bucket", "a.bin").abandon();
        UploadClaim held = claims().open("bucket", "held.bin");
        now = now.plus(Duration.ofDays(7)).plusSeconds(1);

        claims().find("bucket", "b.bin");

        assertThat(files()).hasSize(1);
        held.release();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDeadClaimIsFoundWhileOthersComeAndGo() throws Exception {
        UploadClaim claim = claims().open("bucket", "a.bin");
        claim.startedAs("file-1");
        claim.abandon();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService others = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 3; i++) {
                others.execute(() -> {
                    while (!done.get()) {
                        claims().open("bucket", "b.bin").release();
                    }
                });
            }
            for (int i = 0; i < 500; i++) {
                UploadClaims.Found found = claims().find("bucket", "a.bin");
                assertThat(found.deadClaimOf("file-1")).as("look %d", i).isPresent();
                found.dead().forEach(UploadClaim::abandon);
            }
        } finally {
            done.set(true);
            others.shutdown();
            assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void withoutADirectoryClaimsAreSeenByNobody() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "no directory");
        UploadClaims claims = new UploadClaims(file.resolve("claims"), () -> now);

        UploadClaim claim = claims.open("bucket", "a.bin");
        claim.startedAs("file-1");

        assertThat(claim.fileId()).hasValue("file-1");
        assertThat(claims.find("bucket", "a.bin").alive()).isEmpty();
        claim.release();
    }

    private UploadClaims claims() {
        return new UploadClaims(parent.resolve("claims"), () -> now);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(parent.resolve("claims"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
