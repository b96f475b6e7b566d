// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Spellings;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.plan.spool.PlanSpool;

import static io.github.camelb2.sync.plan.Given.at;
import static io.github.camelb2.sync.plan.Given.b2;
import static io.github.camelb2.sync.plan.Given.local;
import static org.assertj.core.api.Assertions.assertThat;

/** Composed and decomposed spellings of one name, on two sides and on one. */
class SpellingTest {
    private static final String SHA1 = "a".repeat(40);
    private static final String COMPOSED = "\u00E9";
    private static final String DECOMPOSED = "e\u0301";
    private static final SyncPolicy MIRROR =
            SyncPolicy.of(Direction.LOCAL_TO_B2).withKeepMode(KeepMode.DELETE).withMaxDelete(MaxDelete.UNLIMITED);

    @Test
    void equalFileOfAnotherSpellingIsNeitherMovedNorRemoved() {
        assertThat(lines(Unicode.NORMALIZED, List.of(DECOMPOSED), List.of(COMPOSED)))
                .isEmpty();
        assertThat(lines(Unicode.NORMALIZED, List.of(COMPOSED), List.of(DECOMPOSED)))
                .isEmpty();
        assertThat(lines(Unicode.EXACT, List.of(DECOMPOSED), List.of(COMPOSED)))
                .containsExactly("UPLOAD " + DECOMPOSED, "DELETE " + COMPOSED);
    }

    @Test
    void everyPartOfANameMayBeSpelledOtherwise() {
        assertThat(lines(
                        Unicode.NORMALIZED,
                        List.of(COMPOSED + "/" + DECOMPOSED, "a/" + DECOMPOSED),
                        List.of("a/" + COMPOSED, DECOMPOSED + "/" + COMPOSED)))
                .isEmpty();
    }

    @Test
    void changedFileIsStoredBeforeItsOldSpellingGoes() {
        List<String> lines =
                lines(Unicode.NORMALIZED, Stream.of(local(DECOMPOSED, at(300))), Stream.of(b2(COMPOSED, at(200))));

        assertThat(lines).containsExactly("UPLOAD " + DECOMPOSED, "DELETE " + COMPOSED);
    }

    @Test
    void twoSpellingsOfOneSideStayTwoNames() {
        assertThat(lines(Unicode.NORMALIZED, List.of(DECOMPOSED, COMPOSED), List.of(COMPOSED)))
                .containsExactly("UPLOAD " + DECOMPOSED);
        assertThat(lines(Unicode.NORMALIZED, List.of(DECOMPOSED, COMPOSED), List.of("\u0065\u0301", COMPOSED)))
                .isEmpty();
    }

    /** Which of the two the new one is nobody can tell. */
    @Test
    void nothingIsRemovedWhereTwoSpellingsMayBeMeant() {
        assertThat(lines(Unicode.NORMALIZED, List.of("\u1E69"), List.of("s\u0323\u0307", "\u1E63\u0307")))
                .containsExactly("UPLOAD \u1E69");
    }

    @Test
    void nothingIsRemovedWhenMoreNamesWaitThanCanBeHeld() {
        Spellings spellings = new Spellings(1);

        assertThat(spellings.hold(Spellings.Kind.NEW, local(DECOMPOSED, at(1)), 0))
                .isTrue();
        assertThat(spellings.hold(Spellings.Kind.VANISHED, b2(COMPOSED, at(1)), 0))
                .isFalse();
        assertThat(spellings.hasOverflowed()).isTrue();
    }

    private static List<String> lines(Unicode unicode, List<String> source, List<String> destination) {
        return lines(
                unicode,
                source.stream().map(name -> local(name, at(200))),
                destination.stream().map(name -> b2(name, at(200), 10, SHA1)));
    }

    private static List<String> lines(
            Unicode unicode, Stream<? extends ScanItem> source, Stream<? extends ScanItem> destination) {
        SyncPlan plan = SyncPlanner.plan(
                source.sorted((a, b) -> PathOrder.compare(a.path(), b.path())).iterator(),
                destination
                        .sorted((a, b) -> PathOrder.compare(a.path(), b.path()))
                        .iterator(),
                MIRROR,
                new SyncRun("run", 1_000),
                new SyncPlanner.PlanSupport(PlanSpool::onHeap, file -> SHA1, file -> false).withUnicode(unicode));
        List<String> lines = new ArrayList<>();
        plan.forEachRemaining(part -> part.actions().forEach(action -> lines.add(action.kind() + " " + action.path())));
        return lines;
    }
}
