// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One client for all who use the same account.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.lending.B2Clients} opens and closes the clients of a context; {@link
 *       io.github.camelb2.lending.ClientAccount} says which of them may be shared.
 *   <li>{@link io.github.camelb2.lending.B2ClientLease} is what a borrower holds.
 *   <li>{@link io.github.camelb2.lending.CamelHttpClient} takes the connections from Camel's HTTP component.
 *   <li>{@link io.github.camelb2.lending.B2Account} shows the login in JMX.
 * </ul>
 */
@NullMarked
package io.github.camelb2.lending;

import org.jspecify.annotations.NullMarked;
