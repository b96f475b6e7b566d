// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * How long the source of a lazily read body has to stay: as long as somebody can still read the body.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.body.BodyHold} counts who can read one body, and tells its owner when nobody can any more.
 *   <li>{@link io.github.camelb2.body.CopyTickets} travel with every copy that Camel makes of an exchange.
 *   <li>{@link io.github.camelb2.body.CarrierWatch} sees the exchanges that begin with such a body in them.
 *   <li>{@link io.github.camelb2.body.Aggregations} lets an aggregation have the tickets of what was aggregated.
 *   <li>{@link io.github.camelb2.body.OpenBodies} knows which bodies hold a connection, and takes it from idle ones.
 * </ul>
 */
@NullMarked
package io.github.camelb2.body;

import org.jspecify.annotations.NullMarked;
