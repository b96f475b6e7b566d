// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.util.List;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.PartLimits;

/** What it takes to store a file that begins with what B2 has: pure arithmetic. */
public final class ExpectedParts {
    private ExpectedParts() {}

    /**
     * The bill for a file of a remote piece, whose length is asked for, and a local one behind it.
     *
     * @param remote bytes of the remote piece
     * @param local bytes of the local one
     */
    public static Bill append(long remote, long local, PartLimits limits) {
        List<EmergePlan.EmergedPart> parts = EmergePlan.of(
                List.of(
                        new EmergePlan.Fragment(Piece.remote("base"), 0, remote),
                        new EmergePlan.Fragment(Piece.local(UploadSources.bytes(new byte[0])), 0, local)),
                limits);
        Bill bill = new Bill(parts.size() > 1 ? 2 : 0, 1, 0, 0);
        for (EmergePlan.EmergedPart part : parts) {
            bill = bill.plus(of(part));
        }
        return parts.isEmpty() ? new Bill(1, 1, 0, 0) : bill;
    }

    private static Bill of(EmergePlan.EmergedPart part) {
        if (part.way() == EmergePlan.EmergedPart.Way.COPIED) {
            return new Bill(0, 0, 1, 0);
        }
        long downloads =
                part.fragments().stream().filter(EmergePlan.Fragment::isRemote).count();
        long bytes = part.fragments().stream()
                .filter(EmergePlan.Fragment::isRemote)
                .mapToLong(EmergePlan.Fragment::length)
                .sum();
        return new Bill(1, downloads, 0, bytes);
    }
}
