// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

/**
 * A part that B2 has.
 *
 * @param number from 1
 * @param sha1 of its content
 * @param to the position in the journal behind its last message
 */
record PartNote(int number, String sha1, long to) {}
