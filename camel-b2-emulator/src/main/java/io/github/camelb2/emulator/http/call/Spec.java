// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.util.Set;

/**
 * What every JSON call must say about itself.
 *
 * @param name B2's name of the call
 * @param capability what the key must be able to do; empty for nothing in particular
 * @param fields the members that its request may have
 */
public record Spec(String name, String capability, Set<String> fields) {

    public static Spec of(String name, String capability, String... fields) {
        return new Spec(name, capability, Set.of(fields));
    }
}
