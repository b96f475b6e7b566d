// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelb2.benchmarks.client.CamelProgram;
import io.github.camelb2.benchmarks.client.SdkProgram;
import io.github.camelb2.benchmarks.client.SyncRoute;
import io.github.camelb2.benchmarks.process.Account;
import io.github.camelb2.benchmarks.process.Java;

/** A client under measurement: how a task becomes the command line of a process. */
interface Client {

    /** Ours: a Camel route, in a JVM with 128 MiB of heap. */
    Client CAMEL = new JavaClient("camel-b2", CamelProgram.class, List.of());

    /** Ours with {@code fsync=never}: what it costs that downloads are forced to the disk. */
    Client CAMEL_UNFORCED = new JavaClient("camel-b2-fsync-never", CamelProgram.class, options("fsync=never"));

    /** Ours without the reading before a large upload. */
    Client CAMEL_UNHASHED = new JavaClient("camel-b2", CamelProgram.class, options("largeFileSha1=never"));

    /** Ours with room for the database that a consumer remembers in. */
    Client CAMEL_WITH_DATABASE = new JavaClient("camel-b2", CamelProgram.class, List.of("-Xmx512m"));

    /** Backblaze's own for Java, in a JVM with 128 MiB of heap. */
    Client SDK = new JavaClient("b2-sdk-java", SdkProgram.class, List.of());

    /** The number of workers of a sync that leaves it to the client, as {@link SyncRoute} and the script know it. */
    String DEFAULT = SyncRoute.DEFAULT;

    /** The last word of a sync that deletes what the source lacks, and superseded versions. */
    String DELETE = SyncRoute.DELETE;

    /** The word after the task of a large upload that leaves out the SHA-1 of the whole. */
    String UNHASHED = "unhashed";

    private static List<String> options(String options) {
        return List.of("-D" + CamelProgram.OPTIONS + "=" + options);
    }

    /** As it stands in the table. */
    String name();

    /** The command that does the task: a verb and its arguments. */
    List<String> command(List<String> task);

    /** The environment that gives the account to the command. */
    Map<String, String> environment(Account account);

    /** A main class that takes the task as its arguments, in a JVM with these options. */
    record JavaClient(String name, Class<?> program, List<String> options) implements Client {

        private static final String HEAP = "-Xmx128m";

        @Override
        public List<String> command(List<String> task) {
            List<String> command = new ArrayList<>(List.of(Java.program(), HEAP));
            command.addAll(options);
            command.addAll(List.of("-cp", Java.classPath(), program.getName()));
            command.addAll(task);
            return command;
        }

        @Override
        public Map<String, String> environment(Account account) {
            return account.environment();
        }
    }

    /**
     * rclone: does {@code idle}, {@code sync SOURCE DESTINATION WORKERS [delete]}, of which one is {@code b2://BUCKET}, {@code upload BUCKET FILE
     * NAME CONNECTIONS [unhashed]} and {@code download BUCKET NAME FILE CONNECTIONS}.
     */
    record Rclone() implements Client {

        @Override
        public String name() {
            return "rclone";
        }

        @Override
        public List<String> command(List<String> task) {
            return switch (task.get(0)) {
                // Nothing that it does for a whole account costs less and logs in: this lists the buckets as well.
                case "idle" -> List.of("rclone", "lsd", place("b2://"));
                case "upload" -> upload(task);
                case "download" ->
                    List.of(
                            "rclone",
                            "copyto",
                            place("b2://" + task.get(1) + "/" + task.get(2)),
                            task.get(3),
                            "--multi-thread-streams",
                            task.get(4));
                default -> sync(task);
            };
        }

        private static List<String> upload(List<String> task) {
            List<String> command = new ArrayList<>(List.of(
                    "rclone",
                    "copyto",
                    task.get(2),
                    place("b2://" + task.get(1) + "/" + task.get(3)),
                    "--transfers",
                    task.get(4)));
            if (task.contains(UNHASHED)) {
                command.add("--b2-disable-checksum");
            }
            return command;
        }

        private static List<String> sync(List<String> task) {
            List<String> command =
                    new ArrayList<>(List.of("rclone", "sync", place(task.get(1)), place(task.get(2)), "--fast-list"));
            if (!task.get(3).equals(DEFAULT)) {
                command.addAll(List.of("--transfers", task.get(3)));
            }
            if (task.contains(DELETE)) {
                command.add("--b2-hard-delete");
            }
            return command;
        }

        private static String place(String side) {
            return side.startsWith("b2://") ? "EMULATOR:" + side.substring("b2://".length()) : side;
        }

        @Override
        public Map<String, String> environment(Account account) {
            return Map.of(
                    "RCLONE_CONFIG", "/dev/null",
                    "RCLONE_CONFIG_EMULATOR_TYPE", "b2",
                    "RCLONE_CONFIG_EMULATOR_ACCOUNT", account.applicationKeyId(),
                    "RCLONE_CONFIG_EMULATOR_KEY", account.applicationKey(),
                    "RCLONE_CONFIG_EMULATOR_ENDPOINT", account.url());
        }
    }

    /** b2sdk for Python, through the script that is kept with this class: does the same as {@link Rclone}. */
    record B2Sdk(String python, String script) implements Client {

        @Override
        public String name() {
            return "b2sdk";
        }

        @Override
        public List<String> command(List<String> task) {
            List<String> command = new ArrayList<>(List.of(python, script));
            command.addAll(task);
            return command;
        }

        @Override
        public Map<String, String> environment(Account account) {
            return account.environment();
        }
    }
}
