// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.OperationScope;

/** Reads from headers what application keys are made of. */
final class KeyRequests {
    private KeyRequests() {}

    /** A key for the bucket of the message, or for all buckets. */
    static CreateKey creation(Params params, OperationScope scope) {
        List<Capability> capabilities = params
                .findTexts(Inputs.KEY_CAPABILITIES)
                .orElseThrow(() -> params.missing(Inputs.KEY_CAPABILITIES.what(), Inputs.KEY_CAPABILITIES.whereToSet()))
                .stream()
                .map(Capability::new)
                .toList();
        return new CreateKey(
                null,
                capabilities,
                params.require(Inputs.KEY_NAME),
                params.find(Inputs.KEY_VALID_DURATION).map(Duration::toSeconds).orElse(null),
                buckets(params, scope),
                params.find(Inputs.KEY_PREFIX).orElse(null));
    }

    /** The ids of the buckets that the message names, else of that of the endpoint; null for all buckets. */
    private static @Nullable List<String> buckets(Params params, OperationScope scope) {
        List<String> names = params.findTexts(Inputs.KEY_BUCKETS)
                .orElseGet(() -> params.findBucketName().stream().toList());
        return names.isEmpty()
                ? null
                : names.stream()
                        .map(name -> scope.client().bucketId(name, scope.settings()))
                        .toList();
    }

    /** The listing that shows one key: B2 has no call for that. */
    static ListKeys one(Params params) {
        return ListKeys.of()
                .withStartApplicationKeyId(params.require(Inputs.KEY_ID))
                .withMaxKeyCount(1);
    }

    /**
     * The key that the listing starts at.
     *
     * @throws B2NotFoundException if there is none
     */
    static ApplicationKey only(ListKeys request, OperationScope scope) {
        return scope.call(request).keys().stream()
                .filter(key -> key.applicationKeyId().equals(request.startApplicationKeyId()))
                .findFirst()
                .orElseThrow(() -> new B2NotFoundException(ErrorDetails.local(
                                request.name(), "key " + request.startApplicationKeyId(), "there is no such key")
                        .withAdvice("listKeys shows the keys of the account")));
    }
}
