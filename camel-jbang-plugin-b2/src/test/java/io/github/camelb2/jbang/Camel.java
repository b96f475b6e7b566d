// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What JBang makes of the script of Camel. */
public final class Camel {
    private Camel() {}

    public static void main(String[] arguments) {
        CamelJBangMain.run(arguments);
    }
}
