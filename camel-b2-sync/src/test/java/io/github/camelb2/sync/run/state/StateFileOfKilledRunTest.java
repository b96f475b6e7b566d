// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.sync.scan.disk.DirectoryStates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A run that is killed has stored files of the disks that it saw, and the next one has to miss them. */
@EnabledOnOs(OS.LINUX)
class StateFileOfKilledRunTest {
    private static final Path DISK = Path.of("/dev/shm");
    private static final DirectoryStates.Content CONTENT = new DirectoryStates.Content() {
        @Override
        public int entries() {
            return 1;
        }

        @Override
        public List<String> someNames() {
            return List.of("é");
        }

        @Override
        public boolean has(String name) {
            return true;
        }
    };

    @TempDir
    Path temp;

    private Path file;
    private int runs;

    @BeforeEach
    void file() throws Exception {
        assumeTrue(!Files.getFileStore(DISK).equals(Files.getFileStore(temp)), "there is no second disk");
        file = temp.resolve("state");
    }

    private StateFile open(StateFile.Use use) {
        return new StateFile(file, "sync", "source", "run" + runs++, use);
    }

    /** Until it is abandoned. */
    private StateFile see(StateFile.Use use, String... paths) {
        StateFile states = open(use);
        states.entered("", temp, temp.getParent(), CONTENT);
        for (String path : paths) {
            assertThat(states.entered(path, DISK, temp, CONTENT)).isEmpty();
        }
        return states;
    }

    @Test
    void disksOfAKilledRunAreMissedUntilARunSawThemOrNot() throws Exception {
        see(StateFile.Use.REMEMBERED, "k", "m");
        // The next one is killed before it comes to the second, while it writes.
        see(StateFile.Use.REMEMBERED, "k");
        Files.writeString(temp.resolve("state.disks"), "[\"cut", StandardOpenOption.APPEND);

        try (StateFile states = see(StateFile.Use.REMEMBERED, "l")) {
            assertThat(states.disks()).containsExactlyInAnyOrder("k", "m");
            states.commit(false);
        }
        assertThat(temp.resolve("state.disks")).doesNotExist();
        try (StateFile states = open(StateFile.Use.REMEMBERED)) {
            assertThat(states.disks()).containsExactlyInAnyOrder("k", "l", "m");
        }
        try (StateFile states = see(StateFile.Use.REMEMBERED, "m")) {
            states.commit(true);
        }
        try (StateFile states = open(StateFile.Use.REMEMBERED)) {
            assertThat(states.disks()).containsExactly("m");
        }
    }

    @Test
    void whatIsKnownIsWrittenOnceAndARunThatOnlyLooksWritesNothing() throws Exception {
        try (StateFile states = see(StateFile.Use.REMEMBERED, "k")) {
            states.commit(true);
        }
        see(StateFile.Use.REMEMBERED, "k");
        StateFile looking = see(StateFile.Use.LOOKED_AT, "k", "m");
        looking.commit(true);

        assertThat(temp.resolve("state.disks")).doesNotExist();
        try (StateFile states = open(StateFile.Use.REMEMBERED)) {
            assertThat(states.disks()).containsExactly("k");
        }
    }

    @Test
    void runThatLookedAtNothingLeavesWhatWasKnown() throws Exception {
        try (StateFile states = see(StateFile.Use.REMEMBERED, "k")) {
            states.commit(true);
        }
        String before = Files.readString(file);
        try (StateFile states = open(StateFile.Use.REMEMBERED)) {
            states.commit(false);
        }

        assertThat(file).hasContent(before);
    }

    @Test
    void fileOfTheUserThatIsNamedSoIsLeftAlone() throws Exception {
        Path users = Files.writeString(temp.resolve("state.disks"), "my list of disks\n");

        assertThatThrownBy(() -> open(StateFile.Use.REMEMBERED)).hasMessageContaining("is no file of a sync");

        assertThat(users).hasContent("my list of disks\n");
    }

    @Test
    void disksOfAnotherSyncAreNotMissed() {
        see(StateFile.Use.REMEMBERED, "k");

        try (StateFile states = new StateFile(file, "other", "source", "id", StateFile.Use.REMEMBERED)) {
            assertThat(states.disks()).isEmpty();
        }
    }
}
