// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.IOException;
import java.io.InputStream;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.model.json.Json;

/** A call that reads its answer itself, and may write its request itself: without data binding, for the reasons it gives. */
public interface PlainCall<T> extends B2Call<T> {
    /** The JSON of the request. */
    default byte[] write() {
        return Json.writeRequest(this);
    }

    /**
     * Reads the answer.
     *
     * @throws IOException as {@link Json#read} does
     */
    T read(InputStream json) throws IOException;
}
