// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

import io.github.camelb2.emulator.B2EmulatorMain;

/** Backblaze B2 from the command line. No command of it ends the JVM, so that it can be part of another command line. */
@Command(
        name = "camel-b2",
        description = "Moves files to, from and within Backblaze B2.",
        versionProvider = CamelB2.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footer = {
            "",
            "The key is taken from --key-file, --account-file or --profile, else from B2_APPLICATION_KEY_ID and",
            "B2_APPLICATION_KEY, else from the account file of the b2 tool. Never write it on a command line.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 INCOMPLETE: some of it is not done; 130 and 143 stopped."
        })
public final class CamelB2 implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this text and exit")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version and exit")
    private boolean version;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    private CamelB2() {}

    /** The command with its subcommands: {@code execute} answers the exit code, and nothing ends the JVM. */
    public static CommandLine commandLine() {
        return commandLine(Shell.system());
    }

    static CommandLine commandLine(Shell shell) {
        CommandLine all = new CommandLine(new CamelB2())
                .addSubcommand("sync", new SyncCommand(shell))
                .addSubcommand("ls", new ListCommand(shell))
                .addSubcommand("cp", new CopyCommand(shell))
                .addSubcommand("rm", new RemoveCommand(shell))
                .addSubcommand("emulator", B2EmulatorMain.commandLine().setCommandName("emulator"))
                .addSubcommand("warm-up", new WarmUpCommand())
                .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion());
        all.setUsageHelpAutoWidth(false).setUsageHelpWidth(110).setCaseInsensitiveEnumValuesAllowed(true);
        return all;
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "Name a command.");
    }

    /** The version that the jar says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CamelB2.class.getPackage().getImplementationVersion();
            return new String[] {"camel-b2 " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
