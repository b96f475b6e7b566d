// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.camelb2.sync.action.backup.Backup;
import io.github.camelb2.sync.action.backup.BackupDirectory;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a run would replace or remove on this machine is put aside. */
@DisabledOnOs(OS.WINDOWS)
class SyncBackupTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    private Path backup;
    private String backupDir;

    @BeforeEach
    void backup() {
        backup = temp.resolve("backup");
        backupDir = "backupDir=" + backup;
    }

    @Test
    void whatIsReplacedOrRemovedIsKeptUnderItsPath() throws Exception {
        Path old = given(destination, "d/replaced", "old", 100);
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r-----"));
        given(destination, "e/f/gone", "gone", 90);
        given(destination, "same", "same", 10);
        givenInBucket("d/replaced", "new", 10);
        givenInBucket("same", "same", 10);
        givenInBucket("fresh", "fresh", 10);

        sync(bucketUri(), destination, DELETE, backupDir);

        assertThat(tree(destination))
                .containsEntry("d/replaced", "new")
                .containsOnlyKeys("d/replaced", "fresh", "same");
        assertThat(tree(backup))
                .containsEntry("d/replaced", "old")
                .containsEntry("e/f/gone", "gone")
                .hasSize(2);
        assertThat(Files.getLastModifiedTime(backup.resolve("d/replaced")).toMillis())
                .isEqualTo(NOW - 100_000);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.resolve("d/replaced"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whatWasKeptEarlierIsNeverReplaced() throws Exception {
        for (int i = 0; i < 3; i++) {
            given(destination, "a", "version " + i, 100 - i);
            givenInBucket("a", "new " + i, 50 - i);
            sync(bucketUri(), destination, backupDir, "newerFileMode=replace", "backupSuffix=.old");
        }
        // A file was kept where a directory is needed now.
        Files.delete(destination.resolve("a"));
        given(destination, "a/b", "below", 100);
        B2.emulator().state().hide(bucket, "a");
        givenInBucket("other", "x", 10);
        sync(bucketUri(), destination, DELETE, backupDir);
        given(destination, "a/b", "below again", 100);
        Files.move(backup.resolve("a"), temp.resolve("moved"));
        Files.writeString(backup.resolve("a"), "a file");
        sync(bucketUri(), destination, DELETE, backupDir);

        assertThat(tree(backup))
                .containsEntry("a.old", "version 0")
                .containsEntry("a.old.~2~", "version 1")
                .containsEntry("a.old.~3~", "version 2")
                .containsEntry("a", "a file")
                .containsEntry("a.~2~/b", "below again")
                .hasSize(5);
        assertThat(tree(temp.resolve("moved"))).containsEntry("b", "below");
    }

    @Test
    void filesOfAnotherDiskAreCopied() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(temp)),
                "there is no other disk");
        Path elsewhere = memory.resolve("b2-backup-" + UUID.randomUUID());
        try {
            Path old = given(destination, "d/replaced", "old", 100);
            Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
            given(destination, "gone", "gone", 90);
            givenInBucket("d/replaced", "new", 10);

            sync(bucketUri(), destination, DELETE, "backupDir=" + elsewhere, "backupSuffix=.b");

            assertThat(tree(destination)).containsEntry("d/replaced", "new").hasSize(1);
            assertThat(tree(elsewhere))
                    .containsEntry("d/replaced.b", "old")
                    .containsEntry("gone.b", "gone")
                    .hasSize(2);
            assertThat(Files.getLastModifiedTime(elsewhere.resolve("d/replaced.b"))
                            .toMillis())
                    .isEqualTo(NOW - 100_000);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.resolve("d/replaced.b"))))
                    .isEqualTo("rw-------");
        } finally {
            new ProcessBuilder("rm", "-r", elsewhere.toString()).start().waitFor();
        }
    }

    /** As FAT has none. */
    @Test
    void filesAreCopiedToADiskWithoutSecondNames() throws Exception {
        Path file = given(destination, "d/a", "old", 100);
        BackupDirectory kept = new BackupDirectory(backup, ".b", destination, (name, other) -> {
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
        });

        for (int i = 0; i < 2; i++) {
            assertThat(kept.keep("d/a", file).holds(file)).isTrue();
        }

        assertThat(tree(backup)).isEqualTo(Map.of("d/a.b", "old", "d/a.b.~2~", "old"));
    }

    /** The original is in its place, so the next run that keeps something takes the copy away. */
    @Test
    void whatAKilledRunHasCopiedHalfIsTakenAwayByTheNextOne() throws Exception {
        Path file = given(destination, "d/a", "old", 100);
        Path users = given(backup, "d/.b2-backup-mine.tmp", "mine", 10);
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Killed.class.getName(),
                        backup.toString(),
                        destination.toString())
                .inheritIO()
                .start();
        assertThat(killed.waitFor()).isEqualTo(Killed.CODE);
        assertThat(tree(backup)).hasSize(3).containsValue("old");
        assertThat(file).hasContent("old");
        givenInBucket("d/a", "new", 10);

        sync(bucketUri(), destination, backupDir);

        assertThat(tree(backup)).isEqualTo(Map.of("d/a", "old", "d/.b2-backup-mine.tmp", "mine"));
        assertThat(users).hasContent("mine");
    }

    /** Somebody else is at work in the same directory: what he copies stays. */
    @Test
    void whatALivingRunCopiesStays() throws Exception {
        Path file = given(destination, "d/a", "old", 100);
        Path second = given(destination, "e", "e", 100);
        BackupDirectory other = new BackupDirectory(backup, "", destination);
        BackupDirectory copying = new BackupDirectory(backup, "", destination, (name, of) -> {
            if (of.startsWith(backup)) {
                other.keep("e", second);
                assertThat(of).hasContent("old");
            }
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
        });

        assertThat(copying.keep("d/a", file).holds(file)).isTrue();

        assertThat(tree(backup)).isEqualTo(Map.of("d/a", "old", "e", "e"));
    }

    /** Dies when its copy is whole and has no name yet. */
    static final class Killed {
        static final int CODE = 66;

        private Killed() {}

        public static void main(String[] args) throws IOException {
            Path backup = Path.of(args[0]);
            Path root = Path.of(args[1]);
            BackupDirectory kept = new BackupDirectory(backup, "", root, (name, other) -> {
                if (other.startsWith(backup)) {
                    Runtime.getRuntime().halt(CODE);
                }
                throw new FileSystemException(name.toString(), null, "Invalid cross-device link");
            });
            kept.keep("d/a", root.resolve("d/a"));
        }
    }

    @Test
    void whatCannotBeKeptStays() throws Exception {
        given(destination, "gone", "gone", 100);
        given(destination, "replaced", "old", 100);
        givenInBucket("replaced", "new", 10);
        Files.writeString(backup, "a file");

        SyncReport report = syncIncompletely(bucketUri(), destination, DELETE, backupDir, "deleteAfterFailures=true");

        assertThat(report.failures()).extracting(Problem::path).containsExactlyInAnyOrder("replaced", "gone");
        assertThat(report.failures())
                .extracting(Problem::reason)
                .allMatch(reason -> reason.contains("backupDir=" + backup + " cannot be used, because " + backup
                        + " is a file: nothing is replaced"));
        assertThat(tree(destination))
                .containsEntry("gone", "gone")
                .containsEntry("replaced", "old")
                .hasSize(2);
        assertThat(backup).hasContent("a file");
    }

    @Test
    void linksAreKeptAsLinksAndWhatTheyLeadToIsLeftAlone() throws Exception {
        Path outside = given(temp, "outside", "outside", 100);
        Files.createDirectories(destination);
        Files.createSymbolicLink(destination.resolve("live"), outside);
        Files.createSymbolicLink(destination.resolve("broken"), Path.of("nowhere"));
        givenInBucket("live", "new", 10);
        givenInBucket("broken", "new", 10);

        sync(bucketUri(), destination, backupDir);

        assertThat(tree(destination)).containsEntry("live", "new").containsEntry("broken", "new");
        assertThat(Files.isSymbolicLink(destination.resolve("live"))).isFalse();
        assertThat(Files.readSymbolicLink(backup.resolve("live"))).isEqualTo(outside);
        assertThat(Files.readSymbolicLink(backup.resolve("broken"))).hasToString("nowhere");
        assertThat(outside).hasContent("outside");
    }

    @Test
    void nothingIsWrittenThroughALinkBelowTheBackup() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createDirectories(backup);
        Files.createSymbolicLink(backup.resolve("d"), outside);
        given(destination, "d/gone", "gone", 100);
        givenInBucket("other", "x", 10);

        sync(bucketUri(), destination, DELETE, backupDir);

        assertThat(tree(outside)).isEmpty();
        assertThat(tree(backup)).containsEntry("d.~2~/gone", "gone").hasSize(1);
    }

    @Test
    void aBackupInWhatIsSyncedOrAroundItIsRefused() throws Exception {
        Files.createDirectories(destination.resolve("sub"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), destination.resolve("sub"));
        for (Object inside :
                new Object[] {destination, destination.resolve("sub/backup"), temp, "/", link, link.resolve("x")}) {
            assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), destination, "backupDir=" + inside)))
                    .hasStackTraceContaining("Option backupDir=" + inside + " cannot be: it and " + destination);
        }
        Files.createDirectory(temp.resolve("x+y"));
        assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), destination, "backupDir=" + temp + "/x+y")))
                .hasStackTraceContaining("Write backupDir=RAW(");
        assertThatThrownBy(() -> context.getEndpoint(uri(source, bucketUri(), backupDir)))
                .hasStackTraceContaining("destination is a bucket");
        assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), destination, "backupSuffix=.x")))
                .hasStackTraceContaining("it belongs to backupDir");
        assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), destination, backupDir, "backupSuffix=/x")))
                .hasStackTraceContaining("without a slash");
    }

    @Test
    void aBackupThatBecomesALinkIntoWhatIsSyncedMeanwhileGetsNothing() throws Exception {
        Path file = given(destination, "sub/a", "a", 100);
        Files.createSymbolicLink(backup, destination.resolve("sub"));

        assertThatThrownBy(() -> new BackupDirectory(backup, "", destination).keep("sub/a", file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads into " + destination);

        Files.delete(backup);
        BackupDirectory kept = new BackupDirectory(backup, "", destination);
        Backup.Kept one = kept.keep("sub/a", file);
        assertThat(one.holds(file)).isTrue();
        Files.move(backup, temp.resolve("moved"));
        assertThatThrownBy(() -> kept.keep("sub/a", file)).hasMessageContaining("another directory is at backupDir");
        Files.delete(file);
        given(destination, "sub/a", "a", 100);
        assertThat(Files.exists(temp.resolve("moved/sub/a"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void aFileThatTookThePlaceOfWhatWasKeptIsNotTakenAway() throws Exception {
        Path file = given(destination, "a", "a", 100);
        BackupDirectory kept = new BackupDirectory(backup, "", destination);
        Backup.Kept one = kept.keep("a", file);
        Path other = given(temp, "other", "b", 100);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(one.holds(file)).isFalse();
        one.forget();

        assertThat(tree(backup)).isEmpty();
        assertThat(file).hasContent("b");
    }

    @Test
    void aDryRunKeepsNothingAndTheRouteOfTheManualDoes() throws Exception {
        given(destination, "gone", "gone", 100);
        givenInBucket("other", "x", 10);
        sync(bucketUri(), destination, DELETE, backupDir, "dryRun=true");
        assertThat(backup).doesNotExist();
        Properties known = new Properties();
        known.setProperty("directory", destination.toString());
        known.setProperty("spool", backup.toString());
        known.setProperty("bucket", bucket);
        context.getPropertiesComponent().setInitialProperties(known);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:site")
                        .to("b2-sync:site?source=b2://{{bucket}}&destination={{directory}}&keepMode=delete"
                                + "&backupDir={{spool}}/replaced&backupSuffix=.old");
            }
        });

        template.requestBody("direct:site", "");

        assertThat(tree(backup)).containsOnlyKeys("replaced/gone.old");
    }
}
