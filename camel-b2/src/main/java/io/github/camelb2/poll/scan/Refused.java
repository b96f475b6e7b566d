// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

/** Words the refusal of an option that cannot work: its name, its value, what to write instead. */
public final class Refused {
    private Refused() {}

    public static IllegalArgumentException option(String option, Object value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
