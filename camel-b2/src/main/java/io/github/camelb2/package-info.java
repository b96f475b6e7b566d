// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The {@code b2:} component: what a Camel user configures and sees.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.B2Component} and {@link io.github.camelb2.B2Endpoint} are made by Camel; {@link
 *       io.github.camelb2.B2Configuration} holds their options, {@link io.github.camelb2.B2Constants} names the headers.
 *   <li>{@link io.github.camelb2.EndpointParts} finds what runs the operations of producers, in {@code operation}, and
 *       what makes consumers, in {@code poll}.
 *   <li>The clients of the accounts are lent by {@code lending}.
 * </ul>
 */
@NullMarked
package io.github.camelb2;

import org.jspecify.annotations.NullMarked;
