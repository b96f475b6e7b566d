/**
 * The protocol: one class for each call, the strict reading of requests, and the exact form of answers.
 */
@NullMarked
package io.github.camelb2.emulator.http;

import org.jspecify.annotations.NullMarked;
