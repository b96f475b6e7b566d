// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The consumer with {@code deliver=event}: each event that B2 sends becomes a message, once.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.poll.event.B2EventConsumer} puts the pieces together;
 *   <li>{@code EventReceiver} answers B2 when an event is done, or stored;
 *   <li>{@code EventDelivery} delivers one event, claimed and remembered by its id;
 *   <li>{@code EventStore} has on the disk what B2 was told is taken; {@code StoredEvents} delivers from there.
 * </ul>
 */
@NullMarked
package io.github.camelb2.poll.event;

import org.jspecify.annotations.NullMarked;
