/**
 * Values of the B2 Native API: what it answers, what its requests are made of, and the rules of names and encodings.
 *
 * <p>Everything here is immutable. Members that this client does not know are ignored when an answer is read; words of
 * B2's open sets (actions, bucket types, modes) are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model;

import org.jspecify.annotations.NullMarked;
