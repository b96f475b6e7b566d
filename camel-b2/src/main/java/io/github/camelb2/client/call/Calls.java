// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;

/** Sends calls, with retries and within the time of the call that it is used for. */
@FunctionalInterface
public interface Calls {
    /** Sends the call and answers what B2 answers. */
    <T> T call(B2Call<T> call);
}
