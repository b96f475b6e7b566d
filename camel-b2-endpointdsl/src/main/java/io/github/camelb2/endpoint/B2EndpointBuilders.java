// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.endpoint;

import io.github.camelb2.endpoint.dsl.B2EndpointBuilderFactory;
import io.github.camelb2.endpoint.dsl.B2SyncEndpointBuilderFactory;

/**
 * Gives an {@code EndpointRouteBuilder} that implements it the builders {@code b2("bucket")} and {@code b2Sync("name")}, and the names
 * of headers: {@code b2().b2FileName()}.
 */
public interface B2EndpointBuilders
        extends B2EndpointBuilderFactory.B2Builders, B2SyncEndpointBuilderFactory.B2SyncBuilders {}
