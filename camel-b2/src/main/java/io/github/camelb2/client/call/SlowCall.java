// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

/** A call for which B2 moves data before it answers: up to 20 minutes are normal. */
public interface SlowCall<T> extends JsonCall<T> {}
