// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.store.Journal;

/**
 * Takes a snapshot when the journal has grown by so much that reading it would take a while, and once more in the end. Safe for use by many
 * threads.
 */
final class Snapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final long LOOKS_EVERY_MILLIS = 1_000;
    /** Some ten thousand records, which are read in a fifth of a second. */
    private static final long WHILE_RUNNING = 5_000_000;

    private static final long IN_THE_END = 100_000;

    private final AccountDirectory directory;
    private final Journal journal;
    private final Supplier<State> state;
    /** How much of the journal is in the last snapshot; guarded by this object. */
    private long covered;

    private boolean closed;
    private @Nullable Thread thread;

    /** What is in a snapshot, taken at one moment. */
    record State(
            Journal.Position position,
            List<ObjectNode> records,
            io.github.camelb2.emulator.state.file.PackedFiles files) {
        State {
            records = new ArrayList<>(records);
        }
    }

    Snapshots(AccountDirectory directory, Journal journal, long covered, Supplier<State> state) {
        this.directory = directory;
        this.journal = journal;
        this.covered = covered;
        this.state = state;
    }

    synchronized void start() {
        thread = new Thread(this::run, "b2-emulator-snapshots");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void run() {
        try {
            while (!closed) {
                wait(LOOKS_EVERY_MILLIS);
                // A snapshot costs as much as all versions: it must not be taken for every few of them.
                if (!closed && journal.position().end() - covered > Math.max(WHILE_RUNNING, covered / 2)) {
                    take();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No more snapshots");
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot take a snapshot in {}; the next start takes longer", directory.path(), e);
        }
    }

    /** Takes one now, however little has changed. */
    synchronized void take() throws IOException {
        State now = state.get();
        Journal.Position position = now.position();
        new Snapshot(position.first(), position.last(), position.sum(), now.records(), now.files())
                .write(directory.snapshot());
        covered = position.end();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            if (journal.position().end() - covered > IN_THE_END) {
                take();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot take a snapshot in {}; the next start takes longer", directory.path(), e);
        }
    }
}
