// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

/**
 * How many path plans of a run, or parts of a file, are carried out at once.
 *
 * @param first so many to begin with
 * @param most  never more; the same number unless it is found out while they are carried out how many are best
 */
public record WorkerCount(int first, int most) {
    /** Begins with what most connections can take and goes up to what the client has connections for. */
    public static final WorkerCount AUTO = new WorkerCount(10, 64);

    /** Always that many. */
    public static WorkerCount of(int count) {
        return new WorkerCount(count, count);
    }

    public boolean isFixed() {
        return first == most;
    }
}
