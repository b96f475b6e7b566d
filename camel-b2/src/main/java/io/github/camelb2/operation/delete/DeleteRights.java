// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.util.List;

import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.operation.step.OperationScope;

/** Ends an operation on many files before its first delete where the key may delete nothing. */
final class DeleteRights {
    private DeleteRights() {}

    /** @throws B2UnauthorizedException if the key may delete nothing; whatever else is refused is said file by file */
    static void check(String operation, String bucketId, OperationScope scope) {
        List<Capability> capabilities =
                scope.client().accountInfo(scope.settings()).allowed().capabilities();
        if (!capabilities.contains(Capability.DELETE_FILES)) {
            throw new B2UnauthorizedException(new ErrorDetails(
                    operation,
                    "in bucket " + bucketId,
                    401,
                    "unauthorized",
                    "the key may delete nothing, and nothing was deleted",
                    "the key must have the capability deleteFiles",
                    null));
        }
    }
}
