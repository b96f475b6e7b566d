// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.look;

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Transfer;
import io.github.camelb2.sync.scan.Prefetch;

/**
 * Both sides of a job as a sync sees them, for whoever changes nothing.
 *
 * @param sides       read content
 * @param source      the scan of the source
 * @param destination the scan of the destination; it begins with the other
 * @param transfer    compares as a sync does that replaces newer files
 * @param excluded    the files of the destination that the filters exclude
 * @param bill        what B2 has billed so far
 */
public record Look(
        Sides sides,
        Prefetch source,
        Prefetch destination,
        Transfer transfer,
        Predicate<ScanItem.SyncFile> excluded,
        Supplier<Bill> bill) {}
