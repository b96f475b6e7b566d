// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;

/**
 * One input of operations: the header that it comes in, and the option that stands in for the header. A header of an
 * input is an order: no step of ours writes it.
 *
 * @param what what it is, for messages: {@code a file name}
 * @param header the header
 * @param type what its value is converted to
 * @param use what becomes of the header when a step that reads it begins
 * @param option the name of the option, null when there is none
 * @param fallback reads the option; null when there is none
 * @param allowed the only values of the header; empty when it may be any
 */
public record Param<T>(
        String what,
        String header,
        Class<T> type,
        Use use,
        @Nullable String option,
        @Nullable Function<B2Configuration, @Nullable T> fallback,
        List<String> allowed) {

    /** What becomes of the header when a step that reads it begins. */
    public enum Use {
        /** It stays, for the operations that follow. */
        LASTING,

        /** It is taken off the message, so that it reaches no other step. */
        ONE_SHOT
    }

    static <T> Param<T> lasting(String what, String header, Class<T> type) {
        return new Param<>(what, header, type, Use.LASTING, null, null, List.of());
    }

    static <T> Param<T> oneShot(String what, String header, Class<T> type) {
        return new Param<>(what, header, type, Use.ONE_SHOT, null, null, List.of());
    }

    /** The same input, for which an option stands in. */
    Param<T> orOption(String name, Function<B2Configuration, @Nullable T> reader) {
        return new Param<>(what, header, type, use, name, reader, allowed);
    }

    /** The same input, whose header can only be one of these. */
    Param<T> oneOf(String... values) {
        return new Param<>(what, header, type, use, option, fallback, List.of(values));
    }

    /** Where a user can set it: {@code the header CamelB2Prefix or the option prefix}. */
    public String whereToSet() {
        return "the header " + header + (option == null ? "" : " or the option " + option);
    }
}
