// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The client's front: {@link io.github.camelb2.client.B2Client} puts together the login, the retries and the transport.
 *
 * <p>Below it: {@code transfer} moves bytes, {@code call} has one record for each B2 call, {@code retry} decides what to
 * do about failures, {@code http} talks HTTP, {@code model} has B2's values and {@code api} what is promised to users.
 * Nothing here knows Camel, Spring or SQL.
 */
@NullMarked
package io.github.camelb2.client;

import org.jspecify.annotations.NullMarked;
