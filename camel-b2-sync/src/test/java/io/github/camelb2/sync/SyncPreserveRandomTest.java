// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Trees of files, links and empty directories that change at random, with all that is preserved; 300 seeds under soak. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
class SyncPreserveRandomTest extends SyncTestSupport {
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final int FIRST = Integer.getInteger("seed", 0);
    private static final int SEEDS = Integer.getInteger("seeds", SOAK ? 300 : 5);
    private static final int ROUNDS = 3;
    private static final String ALL = "preserve=mode,owner,allSymlinks,emptyDirs";

    /** Changes with each action that is reported; null for none. */
    private final AtomicReference<@Nullable RandomTree> changing = new AtomicReference<>();

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> {
                    RandomTree tree = changing.get();
                    if (tree != null) {
                        synchronized (tree) {
                            tree.change(1);
                        }
                    }
                });
            }
        };
    }

    @Test
    void everyRunIsCompleteAndBothSidesAreEqual() throws Exception {
        Path outside = given(temp, "outside/f", "outside", 100).getParent();
        Map<String, String> before = RandomTree.listing(outside);
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Random random = new Random(seed);
            RandomTree tree = RandomTree.of(temp.resolve("tree" + seed), random, outside);
            Path down = temp.resolve("down" + seed);
            String prefix = bucketUri() + "/tree" + seed;
            String[] options = options(random);
            Map<String, String> stored = Map.of();
            for (int round = 0; round < ROUNDS; round++) {
                tree.change(round == 0 ? 20 : 7);
                tree.touchWhatLooksTheSame(stored);
                stored = RandomTree.listing(tree.root());
                String seen = "seed " + seed + ", round " + round + ", " + String.join("&", options);
                runs(seen + ", up", tree.root().toString(), prefix, options);
                runs(seen + ", down", prefix, down, options);
                boolean tellsTimes = seen.endsWith("modTime");
                assertThat(told(RandomTree.listing(down), tellsTimes)).as(seen).isEqualTo(told(stored, tellsTimes));
                assertThat(RandomTree.listing(outside)).as(seen).isEqualTo(before);
                assertThat(runs(seen + ", up again", tree.root().toString(), prefix, options)
                                .actions())
                        .as(seen)
                        .isZero();
                assertThat(runs(seen + ", down again", prefix, down, options).actions())
                        .as(seen)
                        .isZero();
            }
        }
    }

    /** A comparison by content alone gives no file of the same content its new time or permissions. */
    private static Map<String, String> told(Map<String, String> listing, boolean tellsTimes) {
        Map<String, String> told = new TreeMap<>(listing);
        if (!tellsTimes) {
            told.replaceAll((name, facts) -> facts.replaceAll(" [0-7]+ @\\d+$", ""));
        }
        return told;
    }

    /** Whatever a run comes to whose source changes with each of its actions: the next one puts everything right. */
    @Test
    void runWhoseTreeChangesWithEachActionIsPutRightByTheNextOne() throws Exception {
        Path outside = given(temp, "outside/f", "outside", 100).getParent();
        Map<String, String> before = RandomTree.listing(outside);
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Random random = new Random(seed);
            RandomTree tree = RandomTree.of(temp.resolve("tree" + seed), random, outside);
            Path down = temp.resolve("down" + seed);
            RandomTree disturbed = RandomTree.of(down, random, outside);
            String prefix = bucketUri() + "/tree" + seed;
            String[] options = options(random);
            for (int round = 0; round < ROUNDS; round++) {
                tree.change(round == 0 ? 20 : 7);
                String seen = "seed " + seed + ", round " + round + ", " + String.join("&", options);
                changing.set(tree);
                trySync(tree.root().toString(), prefix, options);
                changing.set(null);
                runs(seen + ", up", tree.root().toString(), prefix, options);
                changing.set(disturbed);
                trySync(prefix, down, options);
                changing.set(null);
                runs(seen + ", down", prefix, down, options);
                assertThat(RandomTree.listing(outside)).as(seen).isEqualTo(before);
                // Another file of the same size and time is the same one for a comparison by time.
                if (seen.endsWith("sha1")) {
                    assertThat(told(RandomTree.listing(down), false))
                            .as(seen)
                            .isEqualTo(told(RandomTree.listing(tree.root()), false));
                }
            }
        }
    }

    private SyncReport runs(String seen, String from, Object to, String... options) {
        SyncReport report;
        try {
            report = sync(from, to, options);
        } catch (Exception e) {
            throw new AssertionError(seen + ": " + e.getMessage(), e);
        }
        assertThat(report.isComplete()).as(seen + ": " + report).isTrue();
        return report;
    }

    private static String[] options(Random random) {
        return new String[] {
            ALL,
            "keepMode=delete",
            "maxDelete=unlimited",
            "allowEmptySource=true",
            "newerFileMode=replace",
            "workers=" + (1 + random.nextInt(3)),
            "compareMode=" + (random.nextBoolean() ? "modTime" : "sha1")
        };
    }
}
