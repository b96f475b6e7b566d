// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.camelb2.IncludeVersions;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.poll.scan.VersionScanner.Finding;

import static io.github.camelb2.poll.Versions.folder;
import static io.github.camelb2.poll.Versions.hide;
import static io.github.camelb2.poll.Versions.started;
import static io.github.camelb2.poll.Versions.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionScannerTest {
    private final Listing listing = new Listing();
    private Instant now = Instant.EPOCH;

    @Test
    void newestVersionOfANameIsCurrentAndTheOthersAreSuperseded() {
        listing.add(upload("a", "a2", 2), upload("a", "a1", 1), upload("b", "b1", 1));

        assertThat(sweep(latest())).containsExactly("a2 CURRENT", "a1 SUPERSEDED", "b1 CURRENT");
    }

    @Test
    void everyVersionIsCurrentWhenAllAreWanted() {
        listing.add(upload("a", "a2", 2), hide("a", "ah", 1), upload("a", "a1", 1));

        assertThat(sweep(all())).containsExactly("a2 CURRENT", "ah CURRENT", "a1 CURRENT");
    }

    @Test
    void unfinishedFilesAndFoldersAreNoVersions() {
        listing.add(started("a", "a3", 3), upload("a", "a2", 2), upload("a", "a1", 1), folder("a/"));

        assertThat(sweep(latest())).containsExactly("a2 CURRENT", "a1 SUPERSEDED");
    }

    @Test
    void nothingBelowAHideMarkerIsSupersededWhileMarkersAreNotConsumed() {
        listing.add(hide("a", "ah", 3), upload("a", "a2", 2), upload("b", "b1", 1));

        assertThat(sweep(latest())).containsExactly("b1 CURRENT");
    }

    @Test
    void hideMarkerSupersedesWhenMarkersAreConsumed() {
        listing.add(hide("a", "ah", 3), upload("a", "a2", 2));

        VersionScanner scanner = new VersionScanner(listing, IncludeVersions.latest, true, () -> now);

        assertThat(sweep(scanner)).containsExactly("ah CURRENT", "a2 SUPERSEDED");
    }

    @Test
    void pageIsAskedForWhenItsFirstEntryIsNeeded() {
        listing.pageSize = 2;
        listing.add(upload("a", "a1", 1), upload("b", "b1", 1), upload("c", "c1", 1));
        VersionScanner scanner = latest();

        scanner.next();
        assertThat(listing.calls).isEqualTo(1);
        scanner.next();
        assertThat(listing.calls).isEqualTo(1);
        scanner.next();
        assertThat(listing.calls).isEqualTo(2);
    }

    @Test
    void emptyPageThatIsNotTheLastIsPassedOver() {
        VersionScanner scanner = new VersionScanner(
                (name, id) -> name == null
                        ? new FilePage(List.of(), "b", null)
                        : new FilePage(List.of(upload("b", "b1", 1)), null, null),
                IncludeVersions.latest,
                false,
                () -> now);

        assertThat(sweep(scanner)).containsExactly("b1 CURRENT");
    }

    @Test
    void nextSweepBeginsAfterTheEndOfTheLast() {
        listing.add(upload("a", "a1", 1));
        VersionScanner scanner = latest();
        sweep(scanner);

        listing.add(upload("a", "a2", 2));

        assertThat(sweep(scanner)).containsExactly("a2 CURRENT", "a1 SUPERSEDED");
    }

    @Test
    void sweepCountsVersionsAndCalls() {
        listing.pageSize = 2;
        listing.add(upload("a", "a1", 1), upload("b", "b1", 1), upload("c", "c1", 1));
        VersionScanner scanner = latest();

        sweep(scanner);

        assertThat(scanner.lastSweep()).isEqualTo(new VersionScanner.Figures(3, 2));
    }

    @Test
    void olderVersionsAreAnnouncedAcrossPages() {
        listing.pageSize = 1;
        listing.add(upload("a", "a2", 2), upload("a", "a1", 1), upload("b", "b1", 1));
        VersionScanner scanner = latest();

        scanner.next();
        assertThat(scanner.isInsideName()).isTrue();
        scanner.next();
        assertThat(scanner.isInsideName()).isFalse();
    }

    @Test
    void pageThatFailedIsAskedForAgain() {
        listing.pageSize = 1;
        listing.add(upload("a", "a1", 1), upload("b", "b1", 1));
        VersionScanner scanner = latest();
        scanner.next();

        listing.isBroken = true;
        assertThatThrownBy(scanner::next).isInstanceOf(IllegalStateException.class);
        listing.isBroken = false;

        assertThat(sweep(scanner)).containsExactly("b1 CURRENT");
    }

    @Test
    void rewoundScannerGoesOnBehindTheMarkAndSeesWhatIsNewThere() {
        listing.add(upload("a", "a1", 1), upload("b", "b1", 1), upload("c", "c1", 1));
        VersionScanner scanner = latest();
        scanner.next();
        VersionScanner.Mark mark = scanner.mark();
        scanner.next();
        listing.add(upload("aa", "aa1", 1));

        scanner.rewind(mark);

        assertThat(sweep(scanner)).containsExactly("aa1 CURRENT", "b1 CURRENT", "c1 CURRENT");
    }

    @Test
    void rewoundScannerOfAllVersionsGoesOnInsideTheName() {
        listing.add(upload("a", "a3", 3), upload("a", "a2", 2), upload("a", "a1", 1));
        VersionScanner scanner = all();
        scanner.next();
        scanner.next();
        VersionScanner.Mark mark = scanner.mark();
        listing.remove("a2");

        scanner.rewind(mark);

        assertThat(sweep(scanner)).containsExactly("a1 CURRENT");
    }

    @Test
    void restOfAnOldPageIsReadAnew() {
        listing.add(upload("a", "a1", 1), upload("b", "b1", 1));
        VersionScanner scanner = latest();
        scanner.next();
        listing.add(upload("b", "b2", 2));

        scanner.refresh();
        assertThat(listing.calls).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(6));
        scanner.refresh();

        assertThat(sweep(scanner)).containsExactly("b2 CURRENT", "b1 SUPERSEDED");
    }

    @Test
    void refreshBetweenSweepsReadsNothing() {
        listing.add(upload("a", "a1", 1));
        VersionScanner scanner = latest();
        sweep(scanner);
        now = now.plus(Duration.ofHours(1));

        scanner.refresh();

        assertThat(listing.calls).isEqualTo(1);
    }

    private VersionScanner latest() {
        return new VersionScanner(listing, IncludeVersions.latest, false, () -> now);
    }

    private VersionScanner all() {
        return new VersionScanner(listing, IncludeVersions.all, true, () -> now);
    }

    private static List<String> sweep(VersionScanner scanner) {
        List<String> seen = new ArrayList<>();
        for (Optional<Finding> it = scanner.next(); it.isPresent(); it = scanner.next()) {
            seen.add(it.get().version().fileId() + " " + (it.get().isSuperseded() ? "SUPERSEDED" : "CURRENT"));
        }
        return seen;
    }

    /** A listing as B2 gives it: names by UTF-8 bytes, the newest version first. */
    private static final class Listing implements VersionScanner.Pages {
        private static final Comparator<FileVersion> ORDER = Comparator.comparing(
                        FileVersion::fileName, Utf8Order.INSTANCE)
                .thenComparing(FileVersion::uploadTimestamp, Comparator.reverseOrder());

        private final List<FileVersion> versions = new ArrayList<>();
        private int pageSize = 1000;
        private int calls;
        private boolean isBroken;

        void add(FileVersion... added) {
            versions.addAll(List.of(added));
            versions.sort(ORDER);
        }

        void remove(String id) {
            versions.removeIf(it -> it.fileId().equals(id));
        }

        @Override
        public FilePage from(String startFileName, String startFileId) {
            calls++;
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
            List<FileVersion> rest = versions.stream()
                    .filter(it ->
                            startFileName == null || Utf8Order.INSTANCE.compare(it.fileName(), startFileName) >= 0)
                    .toList();
            int start = 0;
            while (startFileId != null && !rest.get(start).fileId().equals(startFileId)) {
                start++;
            }
            int end = Math.min(rest.size(), start + pageSize);
            FileVersion next = end < rest.size() ? rest.get(end) : null;
            return new FilePage(
                    rest.subList(start, end),
                    next == null ? null : next.fileName(),
                    next == null ? null : next.fileId());
        }
    }
}
