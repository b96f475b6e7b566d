// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.model.file.FileVersion;

import static io.github.camelb2.poll.Versions.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClaimTest {
    private static final FileVersion VERSION = upload("a", "a1", 1);

    private final RecentKeys consumed = new RecentKeys(100);
    private final IdempotentRepository inProgress =
            MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
    private final VersionMemory memory = new VersionMemory(consumed, FileVersion::fileId);

    @Test
    void versionIsClaimedByOneAtATime() {
        Optional<Claim> first = Claim.take(VERSION, null, memory, inProgress);

        assertThat(first).isPresent();
        assertThat(Claim.take(VERSION, null, memory, inProgress)).isEmpty();
        first.get().close();
        assertThat(Claim.take(VERSION, null, memory, inProgress)).isPresent();
    }

    @Test
    void closingTwiceDoesNotTakeAwayTheClaimOfTheNextHolder() {
        Claim first = Claim.take(VERSION, null, memory, inProgress).orElseThrow();
        first.close();
        Claim.take(VERSION, null, memory, inProgress).orElseThrow();

        first.close();

        assertThat(inProgress.contains("a1")).isTrue();
    }

    @Test
    void versionThatWasSettledMeanwhileIsNotClaimedAndLeavesNoKey() {
        memory.consumed(VERSION);

        assertThat(Claim.take(VERSION, null, memory, inProgress)).isEmpty();
        assertThat(inProgress.contains("a1")).isFalse();
    }

    @Test
    void keyIsGivenBackWhenTheMemoryFails() {
        VersionMemory broken = new VersionMemory(new BrokenRepository(), FileVersion::fileId);

        assertThatThrownBy(() -> Claim.take(VERSION, null, broken, inProgress))
                .isInstanceOf(IllegalStateException.class);
        assertThat(inProgress.contains("a1")).isFalse();
    }

    @Test
    void allAreClosedEvenWhenOneFails() {
        Claim broken = Claim.hold(upload("b", "b1", 1), null, memory, new BrokenRepository())
                .orElseThrow();
        Claim sound = Claim.take(VERSION, null, memory, inProgress).orElseThrow();

        assertThatThrownBy(() -> Claim.closeAll(List.of(broken, sound))).isInstanceOf(IllegalStateException.class);
        assertThat(inProgress.contains("a1")).isFalse();
    }

    /** Takes keys and fails at everything else. */
    private static final class BrokenRepository implements IdempotentRepository {
        @Override
        public boolean add(String key) {
            return true;
        }

        @Override
        public boolean contains(String key) {
            throw new IllegalStateException("no database");
        }

        @Override
        public boolean remove(String key) {
            throw new IllegalStateException("no database");
        }

        @Override
        public boolean confirm(String key) {
            return true;
        }

        @Override
        public void clear() {}

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
