// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartPlanTest {
    private static final long MIB = 1L << 20;

    /** What B2 answers for every account today. */
    private static final PartLimits B2 =
            new PartLimits(100_000_000, 5_000_000, 5_000_000_000L, 10_000, 10_000_000_000_000L);

    private static final PartLimits SMALL = new PartLimits(100, 5, 5_000, 10_000, 10_000_000);

    @ParameterizedTest
    @CsvSource({
        "0, 4, 1, 0",
        "1, 4, 1, 1",
        "100000000, 4, 1, 100000000",
        "100000001, 4, 8, 12500001",
        "100000001, 1, 4, 25000001",
        "268435456, 4, 16, 16777216",
        "268435456, 1, 4, 67108864",
        "268435456, 3, 12, 22369622",
        "2147483648, 4, 24, 89478486",
        "2147483648, 1, 22, 97612894",
        "1000000000000, 4, 10000, 100000000",
        "10000000000000, 4, 10000, 1000000000",
        "10000000000000, 3, 9999, 1000100011",
        "101000000, 32, 21, 5000000",
        "10000000000000, 20000, 10000, 1000000000",
    })
    void automaticPartsKeepAllConnectionsBusy(long length, int connections, int count, long firstLength) {
        PartPlan plan = PartPlan.forUpload(length, PartPlan.AUTO, connections, B2);

        assertThat(plan.parts()).hasSize(count);
        assertThat(plan.parts().get(0).length()).isEqualTo(firstLength);
        assertThat(plan.isLarge()).isEqualTo(count > 1);
        assertCovers(plan, length);
    }

    @ParameterizedTest
    @CsvSource({
        "5000000, 5000000, 5000000",
        "5000001, 5000000, 5000000 1",
        "12000000, 5000000, 5000000 5000000 2000000",
        "6000000000, 5000000000, 5000000000 1000000000",
    })
    void aGivenPartSizeIsKept(long length, long partSize, String lengths) {
        PartPlan plan = PartPlan.forUpload(length, partSize, 4, B2);

        assertThat(lengths(plan)).isEqualTo(lengths);
    }

    @Test
    void aGivenPartSizeGrowsWhereItWouldNeedTooManyParts() {
        PartPlan plan = PartPlan.forUpload(100_000_000_000L, 5_000_000, 4, B2);

        assertThat(plan.parts()).hasSize(10_000);
        assertThat(plan.parts().get(0).length()).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "4999999, partSize 4999999 is not between the 5000000 and 5000000000 bytes that B2 takes as one part",
        "5000000001, partSize 5000000001 is not between the 5000000 and 5000000000 bytes that B2 takes as one part",
        "-1, partSize -1 is not between the 5000000 and 5000000000 bytes that B2 takes as one part",
    })
    void aPartSizeBeyondTheLimitsIsRefused(long partSize, String message) {
        assertThatThrownBy(() -> PartPlan.forUpload(10, partSize, 4, B2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aFileBeyondTheLimitIsRefused() {
        assertThatThrownBy(() -> PartPlan.forUpload(10_000_000_000_001L, PartPlan.AUTO, 4, B2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10000000000001 bytes are more than the 10000000000000 that B2 takes as one file");
    }

    @ParameterizedTest
    @CsvSource({
        "5000000001, 1, 2, 2500000001",
        "5000000001, 4, 4, 1250000001",
        "10000000000, 1, 2, 5000000000",
        "10000000001, 1, 3, 3333333334",
        "20000000001, 4, 8, 2500000001",
        "10000000000000, 1, 2000, 5000000000",
    })
    void copiesTakeAsFewPartsAsKeepAllConnectionsBusy(long length, int connections, int count, long firstLength) {
        PartPlan plan = PartPlan.forCopy(length, PartPlan.AUTO, connections, B2);

        assertThat(plan.parts()).hasSize(count);
        assertThat(plan.parts().get(0).length()).isEqualTo(firstLength);
        assertCovers(plan, length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 1, 0",
        "8388608, 4, 1, 0",
        "8388609, 4, 2, 1",
        "33554432, 4, 4, 8388608",
        "268435456, 4, 21, 22369622",
        "268435456, 1, 10, 67108864",
        "2147483648, 4, 53, 67108864",
        "10737418240, 4, 181, 67108864",
    })
    void downloadsTakeLongRangesFirst(long length, int connections, int count, long secondLength) {
        PartPlan plan = PartPlan.forDownload(length, PartPlan.AUTO, connections);

        assertThat(plan.parts().size() + "x"
                        + (plan.parts().size() > 1 ? plan.parts().get(1).length() : 0))
                .isEqualTo(count + "x" + secondLength);
        assertThat(plan.parts().get(0).length()).isEqualTo(Math.min(length, 8 * MIB));
        assertThat(plan.parts()).allMatch(range -> range.length() <= 64 * MIB);
        assertCovers(plan, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 16})
    void equallyQuickConnectionsEndADownloadTogether(int connections) {
        long length = 1000 * MIB;
        long[] busyUntil = new long[connections];
        for (Slice range :
                PartPlan.forDownload(length, PartPlan.AUTO, connections).parts()) {
            Arrays.sort(busyUntil);
            busyUntil[0] += range.length();
        }

        assertThat(Arrays.stream(busyUntil)).allMatch(end -> Math.abs(end - length / connections) < MIB / 100);
    }

    @Test
    void aDownloadKeepsAGivenRangeSize() {
        assertThat(lengths(PartPlan.forDownload(25, 10, 4))).isEqualTo("10 10 5");
        assertThat(lengths(PartPlan.forDownload(10, 10, 4))).isEqualTo("10");
        assertThat(lengths(PartPlan.forDownload(0, 10, 4))).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // one part, the first
                "205, 1=100, 100 100 5",
                // all parts, b2sdk's longer last one included
                "204, 1=100 2=104, 100 104",
                // a gap between parts of one length
                "350, 1=100 3=100, 100 100 100 50",
                // only the last
                "204, 3=4, 100 100 4",
                // only one in the middle
                "350, 2=100, 100 100 100 50",
                // no gaps: any lengths
                "205, 1=20 2=30 3=40, 20 30 40 20 20 20 20 20 15",
                // a last part that ends the file beside a gap
                "205, 1=100 3=5, 100 100 5",
                // beyond the end
                "205, 1=100 2=100 3=100, none",
                "205, 4=101, none",
                // a part that no plan has
                "350, 1=100 3=90, none",
                // a part below the minimum that is not the last
                "205, 1=4, none",
                // the whole in one part
                "205, 1=205, none",
            })
    void aPlanGoesOnWithStoredPartsOfAnyLayout(long length, String stored, String lengths) {
        Map<Integer, Long> parts = Arrays.stream(stored.split(" "))
                .map(part -> part.split("="))
                .collect(Collectors.toMap(
                        p -> Integer.valueOf(p[0]), p -> Long.valueOf(p[1]), (a, b) -> a, TreeMap::new));

        assertThat(PartPlan.resuming(length, parts, SMALL)
                        .map(PartPlanTest::lengths)
                        .orElse(null))
                .isEqualTo(lengths);
    }

    private static String lengths(PartPlan plan) {
        return plan.parts().stream().map(part -> String.valueOf(part.length())).collect(Collectors.joining(" "));
    }

    private static void assertCovers(PartPlan plan, long length) {
        long offset = 0;
        for (int i = 0; i < plan.parts().size(); i++) {
            assertThat(plan.parts().get(i).number()).isEqualTo(i + 1);
            assertThat(plan.parts().get(i).offset()).isEqualTo(offset);
            offset = plan.parts().get(i).end();
        }
        assertThat(offset).isEqualTo(length);
    }
}
