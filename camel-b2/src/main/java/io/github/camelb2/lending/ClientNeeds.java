// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.time.Duration;

/**
 * What a borrower asks of a client that it may share with others; the client has what the most demanding one asks.
 *
 * @param maxConcurrency how many parts or ranges of one file are in flight
 * @param maxConnections the most connections to one host; 0 for as many as the concurrency makes use of
 * @param linger how long the client stays open when nobody uses it
 */
public record ClientNeeds(int maxConcurrency, int maxConnections, Duration linger) {}
