// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;

/**
 * One transfer in a JVM of its own, with 128 MB of heap: to be killed, or to be measured. Its arguments: address, key
 * id, key, directory for temporary files, part size (0 for automatic), {@code up}, {@code stream} or {@code down}, bucket, name, file.
 */
final class TransferProcess {
    private TransferProcess() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[8]);
        TransferOptions options = TransferOptions.DEFAULT
                .withPartSize(Long.parseLong(args[4]))
                .withMemory(new TransferOptions.StreamMemory(0, 0))
                .withFsync(TransferOptions.Fsync.of(System.getProperty("fsync", "auto")));
        try (TestClient client = TestClient.of(
                args[0],
                new Credentials(args[1], args[2]),
                Path.of(args[3]),
                ClientListener.NONE,
                InstantSource.system())) {
            if (!args[5].equals("down")) {
                UploadFile request =
                        UploadFile.of(args[6], args[7]).withInfo("src_last_modified_millis", "1500000000123");
                UploadSource content = args[5].equals("up")
                        ? UploadSources.file(file)
                        : UploadSources.stream(Files.newInputStream(file), OptionalLong.empty(), "the file");
                client.b2().upload(request, content, options, TestClient.FAST);
            } else {
                client.b2().download(DownloadFile.byName(args[6], args[7]), file, options, TestClient.FAST);
            }
        }
    }

    /** Starts such a JVM. */
    static Process start(
            B2Emulator b2, Path temporary, long partSize, String direction, String bucket, String name, Path file)
            throws IOException {
        return start(List.of(), b2, temporary, partSize, direction, bucket, name, file);
    }

    /** The same behind another command, for example one that traces it; {@code -D} options go to the JVM. */
    static Process start(
            List<String> before,
            B2Emulator b2,
            Path temporary,
            long partSize,
            String direction,
            String bucket,
            String name,
            Path file)
            throws IOException {
        List<String> command = new ArrayList<>(
                before.stream().filter(it -> !it.startsWith("-D")).toList());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(before.stream().filter(it -> it.startsWith("-D")).toList());
        command.addAll(List.of(
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                TransferProcess.class.getName()));
        command.addAll(List.of(
                b2.url(),
                b2.applicationKeyId(),
                b2.applicationKey(),
                temporary.toString(),
                String.valueOf(partSize),
                direction,
                bucket,
                name,
                file.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolveSibling("process.log").toFile())
                .start();
    }

    /** Surefire runs the tests with a class path of its own, and tells the real one. */
    private static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real == null ? System.getProperty("java.class.path") : real + File.pathSeparator;
    }
}
