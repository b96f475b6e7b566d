// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.github.camelb2.emulator.cap.Caps;
import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.tls.Tls;

/**
 * The emulator as a process: prints one line of JSON with {@code url}, {@code applicationKeyId} and {@code applicationKey} when it is ready, and
 * serves until it is told to stop (SIGTERM or SIGINT), which it does in good order with exit code 143 or 130.
 */
@Command(name = "camel-b2-emulator", description = "A Backblaze B2 service on this machine.", sortOptions = false)
public final class B2EmulatorMain implements Callable<Integer> {

    private static final int LOOKS_EVERY_SECONDS = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "port to listen on; 0, the default, takes any free one")
    private int port;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "address to listen on; default 127.0.0.1")
    private @Nullable InetAddress address;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where files are kept from one start to the next; default: a temporary directory")
    private @Nullable Path dataDir;

    @Option(
            names = "--fsync",
            description = "answer a change only when it is on the disk, so that it survives the loss of power")
    private boolean fsync;

    @Option(
            names = "--repair",
            description = "rebuild the journal of --data-dir from its content first; the old journal is kept")
    private boolean repair;

    @Option(
            names = "--min-part-size",
            paramLabel = "BYTES",
            defaultValue = "5000000",
            description = "absoluteMinimumPartSize; default ${DEFAULT-VALUE}")
    private long minPartSize;

    @Option(
            names = "--recommended-part-size",
            paramLabel = "BYTES",
            defaultValue = "100000000",
            description = "recommendedPartSize; default ${DEFAULT-VALUE}")
    private long recommendedPartSize;

    @Option(
            names = "--default-encryption",
            paramLabel = "sse-b2|none",
            defaultValue = "sse-b2",
            description = "how new buckets are encrypted that say nothing of it; default ${DEFAULT-VALUE}")
    private String defaultEncryption = "sse-b2";

    @Option(
            names = "--names",
            paramLabel = "lenient|strict",
            defaultValue = "lenient",
            description =
                    "which file names are accepted: what B2 takes today, or what it once demanded; default ${DEFAULT-VALUE}")
    private String names = "lenient";

    @Option(
            names = "--custom-timestamps",
            paramLabel = "allowed|refused",
            defaultValue = "allowed",
            description =
                    "whether uploads may name their time, for which B2 must enable an account; default ${DEFAULT-VALUE}")
    private String customTimestamps = "allowed";

    @Option(names = "--latency-ms", paramLabel = "N", description = "what every request waits before it is looked at")
    private long latencyMillis;

    @Option(
            names = "--connection-rate",
            paramLabel = "BYTES_PER_SECOND",
            description = "the most that one connection carries each way; 0, the default, for no limit")
    private long connectionRate;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "after how long a connection is closed on which no other request comes; 0 for never, default ${DEFAULT-VALUE}")
    private int idleTimeout = 5;

    @Option(
            names = "--discard-content",
            description = "check and count what is uploaded, and do not keep it: it can be listed, and not be read")
    private boolean discardContent;

    @Option(
            names = "--synthetic",
            paramLabel = "BUCKET:COUNT",
            description = "add a bucket that shows this many generated files; may be repeated")
    private List<String> synthetic = List.of();

    @Option(
            names = "--advance",
            paramLabel = "DURATION",
            description =
                    "how far the clock is ahead, as in P31D: what is there grows older by it, and lifecycle rules are"
                            + " carried out")
    private Duration advance = Duration.ZERO;

    @Option(
            names = "--pods",
            paramLabel = "N",
            description =
                    "take uploads on this many hosts of their own: 127.0.0.2 and following; default 0, at the API's")
    private int pods;

    @Option(
            names = "--tls",
            description =
                    "speak TLS; the ready line names the certificate, and a trust store for -Djavax.net.ssl.trustStore")
    private boolean tls;

    @Option(
            names = "--cap",
            paramLabel = "NAME=N",
            description = "what the account may use: storage=BYTES, transactions=N a day, downloads=BYTES a day,"
                    + " calls=N of one name a minute; may be repeated")
    private List<String> caps = List.of();

    @Option(names = "--retry-after", description = "say with 429 how long to wait")
    private boolean retryAfter;

    @Option(
            names = "--realistic",
            description = "the everyday trouble of B2: busy servers, tokens that end, slow first pages of listings")
    private boolean realistic;

    @Option(names = "--fault", paramLabel = "SCRIPT", description = "what goes wrong; may be repeated")
    private List<String> faults = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this text and exit")
    private boolean help;

    private B2EmulatorMain() {}

    public static void main(String[] args) {
        int status = commandLine().execute(args);
        // Only a failed start and --help come here; the emulator itself serves until the process is told to stop.
        System.exit(status);
    }

    /**
     * The command as part of another command line: {@code execute} serves until the process is told to stop, and ends no JVM.
     */
    public static CommandLine commandLine() {
        return new CommandLine(new B2EmulatorMain());
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = java.util.Objects.requireNonNull(spec).commandLine();
        B2Emulator emulator;
        try {
            emulator = builder(commandLine).start();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            commandLine.getErr().println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "emulator-stop"));
        PrintWriter out = commandLine.getOut();
        ObjectNode ready = JsonNodeFactory.instance
                .objectNode()
                .put("url", emulator.url())
                .put("applicationKeyId", emulator.applicationKeyId())
                .put("applicationKey", emulator.applicationKey());
        emulator.tls().ifPresent(secure -> ready.put(
                        "certificate", secure.certificate().toString())
                .put("trustStore", secure.trustStore().toString())
                .put("trustStorePassword", Tls.TRUST_STORE_PASSWORD));
        out.println(Json.text(ready));
        out.flush();
        QuietMemory memory = new QuietMemory(emulator::requestsBegun, System::gc);
        CountDownLatch forever = new CountDownLatch(1);
        do {
            memory.look();
        } while (!forever.await(LOOKS_EVERY_SECONDS, TimeUnit.SECONDS));
        return 0;
    }

    private Caps caps() {
        Caps all = Caps.UNLIMITED.withRetryAfter(retryAfter ? Caps.RetryAfter.GIVEN : Caps.RetryAfter.ABSENT);
        for (String cap : caps) {
            all = all.with(cap);
        }
        return all;
    }

    private static String oneOf(CommandLine commandLine, String option, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw new ParameterException(
                    commandLine, option + " takes " + String.join(" or ", allowed) + ", not " + value);
        }
        return value;
    }

    private B2Emulator.Builder builder(CommandLine commandLine) {
        B2Emulator.Builder builder = B2Emulator.builder()
                .port(port)
                .minPartSize(minPartSize)
                .recommendedPartSize(recommendedPartSize)
                .defaultEncryption(oneOf(commandLine, "--default-encryption", defaultEncryption, "sse-b2", "none")
                        .equals("sse-b2"))
                .names(Names.Rules.valueOf(oneOf(commandLine, "--names", names, "lenient", "strict")
                        .toUpperCase(Locale.ROOT)))
                .customTimestamps(oneOf(commandLine, "--custom-timestamps", customTimestamps, "allowed", "refused")
                        .equals("allowed"))
                .fsync(fsync)
                .repair(repair)
                .latency(Duration.ofMillis(latencyMillis))
                .connectionRate(connectionRate)
                .idleTimeout(Duration.ofSeconds(idleTimeout))
                .discardContent(discardContent)
                .advance(advance)
                .pods(pods)
                .caps(caps())
                .faults(String.join("\n", faults));
        if (tls) {
            builder.tls();
        }
        if (realistic) {
            builder.realistic();
        }
        if (address != null) {
            builder.address(address);
        }
        if (dataDir != null) {
            builder.dataDir(dataDir);
        }
        for (String bucket : synthetic) {
            int colon = bucket.lastIndexOf(':');
            if (colon < 1 || !bucket.substring(colon + 1).matches("\\d{1,12}")) {
                throw new ParameterException(commandLine, "--synthetic takes BUCKET:COUNT, not " + bucket);
            }
            builder.synthetic(bucket.substring(0, colon), Long.parseLong(bucket.substring(colon + 1)));
        }
        return builder;
    }
}
