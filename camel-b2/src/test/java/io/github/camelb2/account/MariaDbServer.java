// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** A MariaDB server of the machine's installation, on loopback, with a directory of its own; never as root. */
final class MariaDbServer implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final int port;

    private MariaDbServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the server program is; empty if it is not installed. */
    static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin")
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static MariaDbServer start(Path directory) throws Exception {
        Path server = program("mariadbd").orElseThrow();
        Path installer = program("mariadb-install-db").orElseThrow();
        // The server's user has to get through to its data.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Path log = directory.resolve("mariadb.log");
        List<String> user = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            user.add("--user=mysql");
            run(log, List.of("chown", "mysql", data.toString()));
        }
        run(
                log,
                with(
                        user,
                        installer.toString(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--skip-test-db",
                        "--auth-root-authentication-method=normal"));
        int port = freePort();
        Process process = new ProcessBuilder(with(
                        user,
                        server.toString(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--socket=" + data.resolve("socket"),
                        "--innodb-buffer-pool-size=32M"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        MariaDbServer started = new MariaDbServer(process, port);
        await().atMost(Duration.ofSeconds(60)).until(started::answers);
        return started;
    }

    /** Options before all others have to come first. */
    private static List<String> with(List<String> user, String program, String first, String... rest) {
        List<String> command = new ArrayList<>(List.of(program, first));
        command.addAll(user);
        command.addAll(List.of(rest));
        return command;
    }

    private static void run(Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed: " + Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("MariaDB ended with " + process.exitValue());
        }
        try (Connection connection = DriverManager.getConnection(url(""))) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root";
    }

    /** A new database. */
    String newDatabase() throws SQLException {
        String name = "b2_" + COUNT.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
