// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.transfer.copy.ExpectedParts;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.TransferOptions;

/**
 * What B2 will bill for a transfer that goes well at the first try and goes on with nothing that an earlier one left: pure
 * arithmetic, from the same plans as the transfer. Upload URLs, which are free and shared, are not in it.
 *
 * @param login the account, which says how large parts are
 * @param options of the transfer
 */
public record ExpectedBill(AccountInfo login, TransferOptions options) {
    /** An upload from this machine; a large one first looks for what an earlier one left. */
    public Bill upload(long length) {
        PartPlan plan = PartPlan.forUpload(length, options.partSize(), options.maxConcurrency(), limits());
        if (!plan.isLarge()) {
            return new Bill(1, 0, 0, 0);
        }
        boolean looks = options.resume() != TransferOptions.Resume.NEVER
                && login.allowed().has(Capability.LIST_FILES);
        return new Bill(parts(plan) + 2, 0, looks ? 1 : 0, 0);
    }

    /** A download to disk: one transaction for each range. */
    public Bill download(long length) {
        if (options.maxConcurrency() == 1) {
            return new Bill(0, 1, 0, length);
        }
        // No range fits an empty file, so that it is asked for twice.
        long requests =
                length == 0 ? 2 : parts(PartPlan.forDownload(length, options.partSize(), options.maxConcurrency()));
        return new Bill(0, requests, 0, length);
    }

    /** A copy inside B2: what is too large for one call is refused as such, and copied in parts. */
    public Bill copy(long length) {
        if (length <= limits().maximum()) {
            return new Bill(0, 0, 1, 0);
        }
        PartPlan plan = PartPlan.forCopy(length, options.partSize(), options.maxConcurrency(), limits());
        return new Bill(2, 1, 1 + parts(plan), 0);
    }

    /** An upload of what another account has: each part is downloaded once. */
    public Bill relay(long length) {
        PartPlan plan = PartPlan.forUpload(length, options.partSize(), options.maxConcurrency(), limits());
        return upload(length).plus(new Bill(0, plan.isLarge() ? parts(plan) : 1, 0, length));
    }

    /** An upload of the end of a file behind a copy of what B2 has of it. */
    public Bill append(long remote, long local) {
        PartLimits limits = limits();
        return ExpectedParts.append(
                remote,
                local,
                options.partSize() == TransferOptions.AUTO ? limits : limits.withRecommended(options.partSize()));
    }

    private PartLimits limits() {
        return PartLimits.of(login);
    }

    private static long parts(PartPlan plan) {
        return plan.parts().size();
    }
}
