// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

/**
 * What the connection pool holds at one moment.
 *
 * @param leased connections that a request or an open download uses
 * @param available connections that are open and idle
 * @param pending requests that wait for a connection
 * @param max connections that may be open at once
 */
public record ConnectionCounts(int leased, int available, int pending, int max) {}
