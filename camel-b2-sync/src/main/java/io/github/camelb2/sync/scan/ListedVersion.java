// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import io.github.camelb2.sync.plan.item.RemoteVersion;

/**
 * One version as a listing of a bucket delivers it.
 *
 * @param name    the whole file name
 * @param version what it is
 */
public record ListedVersion(String name, RemoteVersion version) {}
