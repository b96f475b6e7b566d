// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.util.Optional;

import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.ForwardingRunner;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.LeftAloneException;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.scan.ScanFilters;

/**
 * Leaves alone a local file that has changed since it was scanned so that its size or its time leaves it out by now: no later
 * run would store it either. Thread-safe.
 */
final class ChosenRunner extends ForwardingRunner {
    private final LocalSide source;
    private final ScanFilters filters;

    ChosenRunner(ActionRunner real, LocalSide source, ScanFilters filters) {
        super(real);
        this.source = source;
        this.filters = filters;
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        try {
            return super.perform(plan, action);
        } catch (IOException | RuntimeException e) {
            if (action instanceof SyncAction.Transfer && ChangedException.isCauseOf(e)) {
                refuseLeftOut(plan.path(), e);
            }
            throw e;
        }
    }

    private void refuseLeftOut(String path, Exception change) throws LeftAloneException {
        try {
            Optional<ScanItem.SyncFile> now = source.look(path);
            Optional<String> by = now.flatMap(file -> filters.exclusionByFacts(file.size(), file.modifiedMillis()));
            if (by.isPresent()) {
                throw new LeftAloneException(
                        "it has changed since it was scanned, and takes no part any more, because of " + by.get());
            }
        } catch (LeftAloneException e) {
            throw e;
        } catch (IOException e) {
            // Nobody knows what it is by now, so it failed.
            change.addSuppressed(e);
        }
    }
}
