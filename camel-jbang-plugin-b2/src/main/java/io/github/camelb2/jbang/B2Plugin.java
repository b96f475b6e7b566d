// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;
import org.apache.camel.dsl.jbang.core.common.CamelJBangPlugin;
import org.apache.camel.dsl.jbang.core.common.Plugin;
import org.apache.camel.dsl.jbang.core.common.RuntimeUtil;
import picocli.CommandLine;

import io.github.camelb2.cli.CamelB2;

/**
 * Gives Camel's command line the command {@code b2}, with all commands of {@code camel-b2}.
 *
 * <p>It has no exporter: that would add Camel B2 to every project that is exported where the plugin is installed.
 */
@CamelJBangPlugin(name = "camel-jbang-plugin-b2", firstVersion = "4.17.0")
public final class B2Plugin implements Plugin {
    @Override
    public void customize(CommandLine commandLine, CamelJBangMain main) {
        // Camel finds components by the class loader of the thread; that of the plugin has them.
        Thread.currentThread().setContextClassLoader(B2Plugin.class.getClassLoader());
        // Camel's command line logs to standard output, among what the commands print.
        RuntimeUtil.setRootLoggingLevel("warn");
        CommandLine b2 = CamelB2.commandLine();
        b2.getCommandSpec().name("b2");
        commandLine.addSubcommand("b2", b2);
    }
}
