// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.IOException;

/** One call of the API. */
public interface Route {

    /** Does what the request asks for; a refusal is thrown as {@link io.github.camelb2.emulator.state.B2Error}. */
    Reply handle(Request request) throws IOException;
}
