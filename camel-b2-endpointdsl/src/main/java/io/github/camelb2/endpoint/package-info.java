// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Camel's endpoint DSL and component DSL for {@code b2:} and {@code b2-sync:}.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.endpoint.B2EndpointBuilders}: what routes implement.
 *   <li>{@link io.github.camelb2.endpoint.StaticEndpointBuilders}: the same for {@code import static}.
 *   <li>The packages {@code endpoint.dsl} and {@code component.dsl}: made by Camel's generators from the components' metadata, see
 *       {@code GeneratedFilesTest}.
 * </ul>
 */
package io.github.camelb2.endpoint;
