// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Talks HTTP, and is the only package that knows Apache HttpClient.
 *
 * <p>{@link io.github.camelb2.client.http.Transport} sends one request and answers or throws; it never repeats one.
 */
@NullMarked
package io.github.camelb2.client.http;

import org.jspecify.annotations.NullMarked;
