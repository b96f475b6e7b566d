// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

import java.util.function.IntToLongFunction;

/** The most bytes of each part of a stream, which is cut as it comes; part numbers count from 1. Pure. */
public final class StreamParts {
    private static final int STEADY = 1000;
    private static final int GROWTH = 400;

    private StreamParts() {}

    /** Those of a stream whose length is known: the plan's, and one byte after them, which shows an end that does not come. */
    public static IntToLongFunction of(PartPlan plan) {
        return number -> number <= plan.parts().size()
                ? Math.max(1, plan.parts().get(number - 1).length())
                : 1;
    }

    /**
     * Those of a stream whose length is not known: of the given or recommended length, but after the first thousand
     * they grow, so that 10,000 parts hold the 10 TB that B2 takes, and short streams use no more disk than they need.
     */
    public static IntToLongFunction growing(long partSize, PartLimits limits) {
        long base = partSize == PartPlan.AUTO ? limits.recommended() : partSize;
        return number -> Math.min(limits.maximum(), base + base * Math.max(0, number - STEADY) / GROWTH);
    }
}
