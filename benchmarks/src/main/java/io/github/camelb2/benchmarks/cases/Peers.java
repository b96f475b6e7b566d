// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.benchmarks.report.Report;

/** The clients that can sync and move large files: ours, and rclone and b2sdk where they are installed. */
final class Peers {

    private static final String SCRIPT = "b2sdk_client.py";

    private Peers() {}

    /** Ours first. A client that is not installed is left out, and the report says so. */
    static List<Client> installed(Lab lab, Report report) throws Exception {
        List<Client> clients = new ArrayList<>();
        clients.add(Client.CAMEL);
        clients.addAll(others(lab, report));
        return clients;
    }

    private static List<Client> others(Lab lab, Report report) throws Exception {
        List<Client> clients = new ArrayList<>();
        if (works(List.of("rclone", "version"))) {
            clients.add(new Client.Rclone());
        } else {
            report.note("rclone is not installed and was left out");
        }
        // The python3 that comes first on the path is not always the one that the system's packages are for.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (works(List.of(python, "-c", "import b2sdk.v2"))) {
                clients.add(new Client.B2Sdk(python, script(lab.work()).toString()));
                return clients;
            }
        }
        report.note("b2sdk is not installed and was left out");
        return clients;
    }

    /** Ours, Backblaze's own for Java, and the others that are installed. */
    static List<Client> forLargeFiles(Lab lab, Report report, Client ours) throws Exception {
        List<Client> clients = new ArrayList<>(List.of(ours, Client.SDK));
        clients.addAll(others(lab, report));
        return clients;
    }

    private static Path script(Path directory) throws IOException {
        Path script = directory.resolve(SCRIPT);
        try (InputStream resource = Peers.class.getResourceAsStream("/" + SCRIPT)) {
            if (resource == null) {
                throw new IOException("The resource " + SCRIPT + " is not on the class path");
            }
            Files.copy(resource, script);
        }
        return script;
    }

    private static boolean works(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
