// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

/** Hears of every change to the files of a bucket, under the account's lock: it must only take note. */
@FunctionalInterface
public interface ChangeListener {

    void changed(Change change);

    /**
     * A change.
     *
     * @param type the event type without its prefix, for instance {@code ObjectCreated:Upload}
     * @param version the version that was made or deleted
     */
    record Change(String type, FileVersion version) {}
}
