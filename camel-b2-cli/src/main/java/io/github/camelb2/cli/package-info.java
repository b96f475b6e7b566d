// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The command line {@code camel-b2}: a thin shell over the endpoints {@code b2:} and {@code b2-sync:}.
 *
 * <ul>
 *   <li>{@code CamelB2}: the command with its subcommands, for a process of its own or as part of another command line.
 *   <li>{@code SyncCommand}, {@code ListCommand}, {@code CopyCommand}, {@code RemoveCommand}: what they are called.
 *   <li>{@code Session}: a Camel context with both components, for the time of one command.
 *   <li>{@code Screen}: the one place that writes to standard output and standard error.
 * </ul>
 *
 * <p>Options are parsed without a class of Camel, so that help and mistakes are answered at once.
 */
@NullMarked
package io.github.camelb2.cli;

import org.jspecify.annotations.NullMarked;
