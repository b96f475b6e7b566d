// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import io.github.camelb2.client.api.Repeat;

/** A call that must not simply be repeated when its answer was lost: what became of it is looked up first. */
public interface Recoverable<T> extends JsonCall<T> {
    @Override
    default Repeat repeat() {
        return Repeat.LOOK_UP_FIRST;
    }
}
