// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.mariadb.jdbc.MariaDbDataSource;

import static org.awaitility.Awaitility.await;

/** The MariaDB of this machine's installation, with a directory of its own, and settings as a fresh installation has them. */
final class MariaDb implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final int port;

    private MariaDb(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(SERVER) && Files.isExecutable(INSTALLER);
    }

    static MariaDb start(Path directory) throws Exception {
        // The server never runs as root, and its user has to get through to its data.
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(directory.resolve("data"));
        List<String> all = new ArrayList<>(List.of("--no-defaults", "--datadir=" + data));
        if (isRoot) {
            all.add("--user=mysql");
            run(directory, "chown", List.of("mysql", data.toString())).waitFor(10, TimeUnit.SECONDS);
        }
        List<String> install = new ArrayList<>(all);
        install.addAll(List.of("--skip-test-db", "--auth-root-authentication-method=normal"));
        run(directory, INSTALLER.toString(), install).waitFor(90, TimeUnit.SECONDS);
        int port = freePort();
        all.addAll(List.of("--bind-address=127.0.0.1", "--port=" + port, "--socket=" + data.resolve("socket")));
        MariaDb started = new MariaDb(run(directory, SERVER.toString(), all), port);
        await().atMost(Duration.ofSeconds(60)).until(started::answers);
        return started;
    }

    private static Process run(Path directory, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("mariadb.log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws SQLException {
        if (!process.isAlive()) {
            throw new IllegalStateException("MariaDB ended with " + process.exitValue());
        }
        try (Connection connection = source("").getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private MariaDbDataSource source(String database) throws SQLException {
        return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root");
    }

    /** A new database. */
    DataSource newDatabase() throws SQLException {
        String name = "sync_" + COUNT.incrementAndGet();
        try (Connection connection = source("").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return source(name);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
