// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.fault.FaultPlan;
import io.github.camelb2.emulator.http.call.Invocation;
import io.github.camelb2.emulator.http.wire.Pacer;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Page;

/** Pages as a listing must not answer them, and one day does. */
final class ListingFaults {

    private ListingFaults() {}

    static Page apply(Page page, Invocation in) throws IOException {
        FaultPlan faults = in.faults();
        boolean first = !in.fields().has("startFileName") && !in.fields().has("startFileId");
        if (faults.has(FaultAction.SlowFirstPage.class) && first) {
            Pacer.pause(
                    faults.find(FaultAction.SlowFirstPage.class).orElseThrow().time());
        }
        if (faults.has(FaultAction.StuckPage.class)) {
            return stuck(page, in);
        }
        List<FileVersion> files = new ArrayList<>(page.files());
        if (faults.has(FaultAction.MissFresh.class) && !files.isEmpty()) {
            files.remove(Collections.max(
                    files, Comparator.comparingLong(file -> file.key().sequence())));
        }
        if (faults.has(FaultAction.RepeatName.class) && !files.isEmpty()) {
            files.add(1, files.get(0));
        }
        if (faults.has(FaultAction.MisorderNames.class) && files.size() > 1) {
            files.add(files.remove(0));
        }
        return new Page(files, page.nextName(), page.nextId());
    }

    /** Nothing, and on from where the listing was asked to start. */
    private static Page stuck(Page page, Invocation in) {
        String start = in.fields().findText("startFileName");
        FileVersion first = page.files().isEmpty() ? null : page.files().get(0);
        String name = start != null || first == null ? start : first.name();
        @Nullable String id = in.fields().findText("startFileId");
        return new Page(List.of(), name == null ? "" : name, id == null && first != null ? first.id() : id);
    }
}
