// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.regex.Pattern;

/** Shows a name the way b2sdk's lines do, so that a line can be pasted into a shell. */
public final class ShellQuoting {
    // Tab and the line ends (0x09 to 0x0d) stay as they are: so b2sdk prints them.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f]");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_@%+=:,./-]");

    private ShellQuoting() {}

    /** Control characters as {@code \x07}; single quotes around everything that a shell would read otherwise. */
    public static String quote(String name) {
        if (name.isEmpty()) {
            return name;
        }
        String printable = UNPRINTABLE
                .matcher(name)
                .replaceAll(
                        match -> String.format("\\\\x%02x", (int) match.group().charAt(0)));
        if (!UNSAFE.matcher(printable).find()) {
            return printable;
        }
        return "'" + printable.replace("'", "'\"'\"'") + "'";
    }
}
