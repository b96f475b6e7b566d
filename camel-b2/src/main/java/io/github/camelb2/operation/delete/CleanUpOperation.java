// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.CleanUpReport;
import io.github.camelb2.operation.request.CleanUpRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/** Removes what nobody can have read by name for a while, and what was never finished. */
public final class CleanUpOperation implements Operation<CleanUpRequest, CleanUpReport> {
    @Override
    public Class<CleanUpRequest> requestType() {
        return CleanUpRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public CleanUpRequest bind(Params params, OperationScope scope) {
        return new CleanUpRequest(
                params.bucketId(),
                params.find(Inputs.PREFIX).orElse(null),
                params.require(Inputs.OLDER_THAN),
                params.find(Inputs.DRY_RUN).orElse(false),
                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null));
    }

    @Override
    public CleanUpReport run(CleanUpRequest request, OperationScope scope) {
        try (CleanUp run = new CleanUp(request, scope)) {
            return run.run();
        }
    }
}
