// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/** A bucket's name and id, as an {@link AccountInfoRepository} remembers them. */
public record BucketEntry(String name, String id) {}
