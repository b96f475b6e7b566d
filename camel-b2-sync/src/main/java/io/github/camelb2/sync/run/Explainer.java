// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.Optional;

import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.scan.disk.Links;

/** Says why a name of a source takes part, or does not: what the filters say of it, and what else the scan would. */
final class Explainer {
    private final ScanFilters filters;
    private final ScanFilters.Place place;
    private final boolean marksDirectories;

    Explainer(ScanFilters filters, ScanFilters.Place place, Preserve preserve) {
        this.filters = filters;
        this.place = place;
        this.marksDirectories = preserve.has(Preserve.What.EMPTY_DIRS);
    }

    /**
     * @param found what the scan makes of the name, or of a directory above it, where the choice of names, sizes and times
     *              does not matter; empty where neither is a file
     */
    Explanation explain(String path, Optional<ScanItem> found) {
        Optional<String> byName = filters.exclusionOfName(path, place);
        if (byName.isPresent()) {
            return Explanation.excluded(path, byName.get());
        }
        if (found.isEmpty()) {
            return new Explanation(
                    path, false, "the source has no such file; no filter leaves its name out" + because(path));
        }
        ScanItem item = found.get();
        if (item instanceof ScanItem.SyncFile file && file.path().equals(path)) {
            return ofFile(path, file);
        }
        if (item instanceof ScanItem.Refused refused) {
            return new Explanation(path, false, "not synced: " + refused.reason());
        }
        if (item instanceof ScanItem.Excluded) {
            if (marksDirectories && MarkerNames.isName(path)) {
                return new Explanation(
                        path,
                        false,
                        "not synced: it stands for an empty directory, and this is one with files, or the very one that"
                                + " is synced");
            }
            return Explanation.excluded(
                    path,
                    place == ScanFilters.Place.LOCAL
                            ? "symlinks=skip: " + item.path() + " is a link"
                            : "excludeUploadedBefore or excludeUploadedAfter: no version of it was uploaded in that time");
        }
        boolean isLink = filters.symlinks() == Links.Mode.STORE && LinkNames.isName(item.path());
        String what = isLink
                ? LinkNames.place(item.path()) + " is a link, which is synced as " + item.path()
                : item.path() + " is a file";
        return new Explanation(path, false, "the source has no such file: " + what);
    }

    private Explanation ofFile(String path, ScanItem.SyncFile file) {
        if (!file.isVisible()) {
            return new Explanation(path, false, "it is hidden in the source, so the source does not have it");
        }
        return filters.exclusionByFacts(file.size(), file.modifiedMillis())
                .map(by -> Explanation.excluded(path, by))
                .orElseGet(() -> Explanation.included(path, "takes part: no filter leaves it out" + because(path)));
    }

    private String because(String path) {
        return filters.inclusionOfName(path).map(by -> " (" + by + ")").orElse("");
    }
}
