// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.model.file.FileVersion;

import static io.github.camelb2.poll.Versions.upload;
import static org.assertj.core.api.Assertions.assertThat;

class VersionMemoryTest {
    private static final FileVersion OLD = upload("a", "a1", 1);
    private static final FileVersion NEW = upload("a", "a2", 2);

    private final RecentKeys repository = new RecentKeys(100);

    @Test
    void consumedVersionIsSettledAndANewerOneIsNot() {
        VersionMemory memory = new VersionMemory(repository, FileVersion::fileId);

        memory.consumed(OLD);

        assertThat(memory.isSettled(OLD)).isTrue();
        assertThat(memory.isSettled(NEW)).isFalse();
    }

    @Test
    void versionWithTheKeyOfAConsumedOneIsSettled() {
        VersionMemory memory = new VersionMemory(repository, FileVersion::fileName);

        memory.consumed(OLD);

        assertThat(memory.isSettled(NEW)).isTrue();
    }

    @Test
    void passingOverAVersionDoesNotSettleOthersWithItsKey() {
        VersionMemory memory = new VersionMemory(repository, FileVersion::fileName);

        memory.passOver(OLD);

        assertThat(memory.isSettled(OLD)).isTrue();
        assertThat(memory.isSettled(NEW)).isFalse();
    }

    @Test
    void whatComesAfterTheReadingIsOpenUntilItEnds() {
        VersionMemory memory = new VersionMemory(repository, FileVersion::fileId);
        assertThat(memory.isAfterReadOpen(OLD)).isFalse();

        memory.beginAfterRead(OLD);
        assertThat(memory.isAfterReadOpen(OLD)).isTrue();

        memory.endAfterRead(OLD);
        assertThat(memory.isAfterReadOpen(OLD)).isFalse();
    }

    @Test
    void startIsKnownForItsOwnBucketPrefixAndOptionOnly() {
        VersionMemory memory = new VersionMemory(repository, FileVersion::fileId);

        memory.rememberStart("bucket", "in/", "now");

        assertThat(memory.knowsStart("bucket", "in/", "now")).isTrue();
        assertThat(memory.knowsStart("bucket", "out/", "now")).isFalse();
        assertThat(memory.knowsStart("other", "in/", "now")).isFalse();
        assertThat(memory.knowsStart("bucket", "in/", "2026-01-01T00:00:00Z")).isFalse();
    }

    @Test
    void capacityIsKnownOfRepositoriesInMemory() {
        MemoryIdempotentRepository sized = new MemoryIdempotentRepository();
        sized.setCacheSize(7);

        assertThat(capacity(repository)).hasValue(100);
        assertThat(capacity(sized)).hasValue(7);
        assertThat(capacity(new LeasedClaims(repository, () -> null))).isEmpty();
    }

    private static java.util.OptionalLong capacity(org.apache.camel.spi.IdempotentRepository repository) {
        return new VersionMemory(repository, FileVersion::fileId).capacity();
    }
}
