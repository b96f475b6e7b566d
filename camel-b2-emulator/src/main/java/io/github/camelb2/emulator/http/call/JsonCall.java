// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.io.IOException;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A call whose request and answer are JSON. */
public interface JsonCall {

    Spec spec();

    ObjectNode answer(Invocation in) throws IOException;
}
