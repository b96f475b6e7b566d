package io.github.camelb2.emulator.http.call;

import java.util.Set;

/**
 * What every JSON call must say about itself.
 *
 * @param name B2's name of the call
 * @param access which methods it takes
 * @param capability what the key must be able to do; empty for nothing in particular
 * @param fields the members that its request may have
 */
public record Spec(String name, Access access, String capability, Set<String> fields) {

    public static Spec read(String name, String capability, String... fields) {
        return new Spec(name, Access.GET_OR_POST, capability, Set.of(fields));
    }

    public static Spec write(String name, String capability, String... fields) {
        return new Spec(name, Access.POST, capability, Set.of(fields));
    }

    enum Access {
        GET_OR_POST,
        POST
    }
}
