/**
 * The {@code b2:} component: what a Camel user configures and sees.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.B2Component} and {@link io.github.camelb2.B2Endpoint} are made by Camel; {@link
 *       io.github.camelb2.B2Configuration} holds their options, {@link io.github.camelb2.B2Constants} names the headers.
 *   <li>{@link io.github.camelb2.B2Producer} finds the operation of a message, in {@code operation}, and runs it.
 *   <li>{@link io.github.camelb2.B2Clients} lends one client to all endpoints of the same account.
 * </ul>
 */
@NullMarked
package io.github.camelb2;

import org.jspecify.annotations.NullMarked;
