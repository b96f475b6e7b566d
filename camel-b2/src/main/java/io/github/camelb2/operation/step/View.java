// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.util.Optional;

import io.github.camelb2.Moment;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Param;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.header.Reads;

/**
 * How a step looks at what is stored, beside the request that it sends; the same with {@code pojoRequest=true}, whose
 * records are those of B2's calls and know nothing of it.
 *
 * @param asOf when it is looked from; empty for now
 * @param limit the most entries of a listing; empty for all
 * @param modifiedSince only content that was uploaded after that is read; empty for any
 * @param sha1Differs only content that has another SHA-1 is read; empty for any
 */
public record View(
        Optional<Moment> asOf, Optional<Integer> limit, Optional<Moment> modifiedSince, Optional<String> sha1Differs) {
    /** All there is, now. */
    public static final View NOW = new View(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * What the message and the options say, where the operation goes by it.
     *
     * @throws IllegalArgumentException if a header cannot be
     */
    public static View of(Params params) {
        Optional<Integer> limit = find(params, Inputs.LIMIT);
        if (limit.isPresent() && limit.get() < 0) {
            throw params.wrong(Inputs.LIMIT, limit.get(), "set a number of entries, or 0 for all");
        }
        Optional<String> sha1 = find(params, Inputs.IF_SHA1_DIFFERS);
        if (sha1.isPresent() && !Digits.areSha1(sha1.get())) {
            throw params.wrong(Inputs.IF_SHA1_DIFFERS, sha1.get(), "set 40 hex digits");
        }
        boolean isLimited = limit.isPresent() && limit.get() != 0;
        return new View(
                find(params, Inputs.AS_OF),
                isLimited ? limit : Optional.empty(),
                find(params, Inputs.IF_MODIFIED_SINCE),
                sha1);
    }

    /** Whether content is read only under a condition. */
    public boolean isConditional() {
        return modifiedSince.isPresent() || sha1Differs.isPresent();
    }

    private static <T> Optional<T> find(Params params, Param<T> param) {
        return Reads.headers(params.operation()).contains(param.header()) ? params.find(param) : Optional.empty();
    }
}
