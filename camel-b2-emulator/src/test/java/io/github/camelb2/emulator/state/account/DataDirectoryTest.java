// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.store.Content;

import static io.github.camelb2.emulator.state.account.Directories.content;
import static io.github.camelb2.emulator.state.account.Directories.dump;
import static io.github.camelb2.emulator.state.account.Directories.isReadable;
import static io.github.camelb2.emulator.state.account.Directories.open;
import static io.github.camelb2.emulator.state.account.Directories.repair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Data directories that are not as the emulator left them. */
class DataDirectoryTest {

    @TempDir(factory = QuickDirectory.class)
    private Path directory;

    private Path journal() {
        return directory.resolve("journal.jsonl");
    }

    /** An account with every kind of thing in it, closed again. */
    private Set<String> givenAccount(long seed) throws IOException {
        try (Account account = open(directory)) {
            RandomHistory history = new RandomHistory(account, new Random(seed));
            for (int i = 0; i < 80; i++) {
                history.step();
            }
            return dump(account);
        }
    }

    private static FileVersion upload(Account account, String bucketId, String name, String text) throws IOException {
        Content content = account.store().put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return account.files()
                .add(
                        new NewFile(
                                account.buckets().get(bucketId),
                                name,
                                "text/plain",
                                Map.of("k", "v"),
                                new FileVersion.Stored(content, "none", null, Encryption.NONE),
                                Protection.NONE,
                                null),
                        "Upload");
    }

    private List<Path> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void assertRefused(String problem) throws IOException {
        List<Path> before = everyFile();
        byte[] journal = Files.exists(journal()) ? Files.readAllBytes(journal()) : new byte[0];

        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("--repair")
                .hasMessageContaining("Nothing");

        assertThat(everyFile()).isEqualTo(before);
        assertThat(Files.exists(journal()) ? Files.readAllBytes(journal()) : new byte[0])
                .isEqualTo(journal);
        // The refusal lets go of the directory, or nobody could repair it.
        assertThatThrownBy(() -> open(directory)).hasMessageContaining(problem);
    }

    @Test
    void missingJournalIsRefused() throws IOException {
        givenAccount(1);
        Files.delete(journal());

        assertRefused("is missing");
    }

    @Test
    void emptyJournalIsRefused() throws IOException {
        givenAccount(1);
        Files.write(journal(), new byte[0]);

        assertRefused("is empty");
    }

    @Test
    void missingJournalIsRefusedThoughThereAreOnlyKeysAndBuckets() throws IOException {
        try (Account account = open(directory)) {
            account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
        }
        Files.delete(journal());

        assertRefused("is missing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void journalThatLostItsEndIsRefused(double kept) throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            for (int i = 0; i < 20; i++) {
                upload(account, bucket.id(), "f" + i, "text " + i);
            }
        }
        byte[] bytes = Files.readAllBytes(journal());
        Files.write(journal(), Arrays.copyOf(bytes, (int) (bytes.length * kept)));

        assertRefused("was cut off");
    }

    @ParameterizedTest
    @CsvSource({"garbage", "'{}'", "'null'", "'{\"t\":\"file\"}'", "'{\"t\":\"of another emulator\"}'", "''"})
    void lineThatIsNoRecordIsRefused(String line) throws IOException {
        givenAccount(1);
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(journal()));
        lines.set(lines.size() / 2, line);
        Files.write(journal(), lines);

        assertRefused("is damaged in line " + (lines.size() / 2 + 1));
    }

    @Test
    void journalOfSomethingElseIsRefused() throws IOException {
        givenAccount(1);
        Files.writeString(journal(), "{\"t\":\"account\",\"id\":\"../..\"}\n");

        assertRefused("does not begin with an account");
    }

    @Test
    void missingContentIsRefused() throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            upload(account, bucket.id(), "f", "text");
        }
        Files.delete(directory.resolve(content(directory).get(0)));

        assertRefused("missing");
    }

    @Test
    void journalThatIsShorterThanItsSnapshotIsRefused() throws IOException {
        try (Account account = open(directory)) {
            account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            account.takeSnapshot();
        }
        byte[] bytes = Files.readAllBytes(journal());
        Files.write(journal(), Arrays.copyOf(bytes, bytes.length - 1));

        assertRefused("shorter");
    }

    @Test
    void journalOfBeforeAKeyWasMadeIsRefused() throws IOException {
        try (Account account = open(directory)) {
            byte[] before = Files.readAllBytes(journal());
            account.keys().create("key", List.of("listFiles"), null, null, null, 4);
            Files.write(journal(), before);
        }

        assertRefused("does not name the key");
    }

    @Test
    void journalOfBeforeAKeyWasDeletedIsRefused() throws IOException {
        try (Account account = open(directory)) {
            String id = account.keys()
                    .create("key", List.of("listFiles"), null, null, null, 4)
                    .id();
            byte[] before = Files.readAllBytes(journal());
            account.keys().delete(id);
            Files.write(journal(), before);
        }

        assertRefused("was deleted");
    }

    @Test
    void journalOfBeforeABucketWasChangedIsRefused() throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            byte[] before = Files.readAllBytes(journal());
            account.buckets().update(bucket.id(), null, (old, settings) -> settings.put("bucketType", "allPublic"));
            Files.write(journal(), before);
        }

        assertRefused("older than they are");
    }

    @Test
    void repairWithAnOlderJournalTakesWhatIsNewer() throws IOException {
        Set<String> all;
        try (Account account = open(directory)) {
            Bucket gone =
                    account.buckets().create("gone-bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            String key = account.keys()
                    .create("key", List.of("listFiles"), null, null, null, 4)
                    .id();
            FileVersion file = upload(account, gone.id(), "deleted", "text");
            byte[] before = Files.readAllBytes(journal());
            account.files().delete("deleted", file.id(), Protection.Bypass.NONE, "Delete");
            account.buckets().delete(gone.id());
            account.keys().delete(key);
            account.buckets().update(bucket.id(), null, (old, settings) -> settings.put("bucketType", "allPublic"));
            upload(account, bucket.id(), "new", "text");
            all = dump(account);
            Files.write(journal(), before);
        }

        try (Account account = repair(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
        try (Account account = open(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void filesWithKeysInThemAreTheirOwnersAlone() throws IOException {
        String secret;
        try (Account account = open(directory)) {
            secret = account.masterKey().secret();
            account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            account.takeSnapshot();
        }
        try (Account account = repair(directory)) {
            account.takeSnapshot();
        }

        List<Path> secrets = new java.util.ArrayList<>();
        for (Path file : everyFile()) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret)) {
                secrets.add(directory.relativize(file));
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            }
        }
        assertThat(secrets)
                .extracting(Path::toString)
                .contains("journal.jsonl", "snapshot.bin", "journal.replaced-1.jsonl");
    }

    @Test
    void snapshotOfAnotherJournalIsPassedOver() throws IOException {
        Set<String> all = givenAccount(1);
        try (Account account = open(directory)) {
            account.takeSnapshot();
        }
        byte[] snapshot = Files.readAllBytes(directory.resolve("snapshot.bin"));
        try (Account account = repair(directory)) {
            assertThat(dump(account)).isEqualTo(all);
            for (int i = 0; i < 200; i++) {
                account.buckets().update(account.buckets().list().get(0).id(), null, (bucket, settings) -> {});
            }
            all = dump(account);
        }
        Files.write(directory.resolve("snapshot.bin"), snapshot);

        try (Account account = open(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
    }

    @Test
    void answeredUploadWhoseRecordWasCutIsCompletedFromItsContent() throws IOException {
        Set<String> all;
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            upload(account, bucket.id(), "f", "text");
            all = dump(account);
        }
        byte[] bytes = Files.readAllBytes(journal());
        Files.write(journal(), Arrays.copyOf(bytes, bytes.length - 20));

        for (int starts = 0; starts < 2; starts++) {
            try (Account account = open(directory)) {
                assertThat(dump(account)).isEqualTo(all);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void repairBringsEverythingBackWithoutTheJournal(long seed) throws IOException {
        Set<String> all = givenAccount(seed);
        Files.delete(journal());

        try (Account account = repair(directory)) {
            assertThat(dump(account)).isEqualTo(all);
            assertThat(isReadable(account)).isTrue();
        }
        try (Account account = open(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void repairOfAnyPieceOfTheJournalLosesNoContent(long seed) throws IOException {
        Set<String> all = givenAccount(seed);
        byte[] bytes = Files.readAllBytes(journal());
        Random random = new Random(seed);
        int from = random.nextInt(bytes.length);
        Files.write(journal(), Arrays.copyOf(bytes, from));
        Files.write(journal(), "damage\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        Files.write(
                journal(),
                Arrays.copyOfRange(bytes, Math.min(bytes.length, from + random.nextInt(500)), bytes.length),
                StandardOpenOption.APPEND);

        try (Account account = repair(directory)) {
            assertThat(dump(account)).containsAll(all);
            assertThat(isReadable(account)).isTrue();
        }
        assertThat(directory.resolve("journal.replaced-1.jsonl")).exists();
    }

    @Test
    void repairOfAHealthyDirectoryChangesNothingThatIsSeen() throws IOException {
        Set<String> all = givenAccount(7);

        try (Account account = repair(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
    }

    @Test
    void repairKnowsTheNamesOfBucketsFromTheContentAlone() throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPublic", Encryption.NONE));
            upload(account, bucket.id(), "f", "text");
        }
        Files.delete(journal());
        Directories.delete(directory.resolve("cards"));

        try (Account account = repair(directory)) {
            assertThat(account.versions()).extracting(FileVersion::name).containsExactly("f");
            Bucket bucket = account.buckets().list().get(0);
            assertThat(bucket.name()).isEqualTo("bucket");
            assertThat(bucket.isPublic()).isFalse();
            assertThat(account.masterKey().secret()).isNotEmpty();
        }
    }

    /** A file that was copied and deleted: its bytes are there for the copy. */
    private void givenCopyOfADeletedVersion() throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            FileVersion original = upload(account, bucket.id(), "original", "text");
            account.files()
                    .add(
                            new NewFile(
                                    bucket,
                                    "copy",
                                    "text/plain",
                                    Map.of(),
                                    new FileVersion.Stored(
                                            account.store().keep(original.content()), "none", null, Encryption.NONE),
                                    Protection.NONE,
                                    null),
                            "Copy");
            account.files().delete("original", original.id(), Protection.Bypass.NONE, "Delete");
        }
    }

    @Test
    void lostDeletionIsNoticedThoughEveryFileOfContentIsInUse() throws IOException {
        givenCopyOfADeletedVersion();
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, lines.size() - 1));

        assertRefused("has lost its last 1 records");

        try (Account account = repair(directory)) {
            assertThat(account.versions()).extracting(FileVersion::name).containsExactly("copy");
        }
    }

    @Test
    void versionThatWasDeletedStaysDeletedThoughItsBytesLiveOnInACopy() throws IOException {
        givenCopyOfADeletedVersion();
        Files.delete(journal());

        try (Account account = repair(directory)) {
            assertThat(account.versions()).extracting(FileVersion::name).containsExactly("copy");
            assertThat(isReadable(account)).isTrue();
        }
    }

    @Test
    void repairDropsVersionsWhoseContentIsMissing() throws IOException {
        try (Account account = open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            upload(account, bucket.id(), "lost", "text");
            Files.delete(directory.resolve(content(directory).get(0)));
            upload(account, bucket.id(), "kept", "text");
        }

        try (Account account = repair(directory)) {
            assertThat(account.versions()).extracting(FileVersion::name).containsExactly("kept");
        }
        try (Account account = open(directory)) {
            assertThat(account.versions()).extracting(FileVersion::name).containsExactly("kept");
        }
    }

    @Test
    void directoryOfTheFirstBuildIsOpenedAndMadeSafe() throws IOException {
        Files.createDirectories(directory.resolve("content/01"));
        Files.createDirectories(directory.resolve("content/02"));
        Files.createDirectories(directory.resolve("content/03"));
        Files.createDirectories(directory.resolve("incoming"));
        Files.writeString(directory.resolve("content/01/1"), "text");
        Files.writeString(directory.resolve("content/02/2"), "part");
        Files.writeString(directory.resolve("content/03/3"), "left by a killed process");
        Files.writeString(directory.resolve("incoming/4"), "half a bod");
        Files.write(
                journal(),
                List.of(
                                "{'t':'account','id':'aaaaaaaaaaaa'}",
                                "{'t':'key','id':'000aaaaaaaaaaaa0000000001','secret':'K000s','name':'master','capabilities':"
                                        + "['listFiles'],'prefix':null,'expires':null,'version':1}",
                                "{'t':'bucket','id':'aaaaaaaaaaaa000000000002','name':'old-bucket','revision':2,'settings':"
                                        + Bucket.defaultSettings("allPrivate", Encryption.NONE) + "}",
                                file("000000000000000a", 10, "a", "UPLOAD", "['1',0,4]"),
                                file("000000000000000b", 11, "copy", "UPLOAD", "['1',1,2]"),
                                file("000000000000000c", 12, "hidden", "HIDE", ""),
                                file("000000000000000d", 13, "large", "START", ""),
                                "{'t':'part','file':'" + id("000000000000000d") + "','number':1,'content':[['2',0,4]],"
                                        + "'sha1':'s','md5':'m','time':5}",
                                "{'t':'fil")
                        .stream()
                        .map(line -> line.replace('\'', '"'))
                        .toList());
        Files.write(journal(), Arrays.copyOf(Files.readAllBytes(journal()), (int) Files.size(journal()) - 1));

        Set<String> all;
        try (Account account = open(directory)) {
            assertThat(account.versions())
                    .extracting(FileVersion::name)
                    .containsExactly("a", "copy", "hidden", "large");
            assertThat(isReadable(account)).isTrue();
            all = dump(account);
        }
        assertThat(directory.resolve("unclaimed/3")).hasContent("left by a killed process");
        try (Account account = open(directory)) {
            assertThat(dump(account)).isEqualTo(all);
        }
        Files.delete(journal());
        try (Account account = repair(directory)) {
            assertThat(dump(account)).isEqualTo(all);
            assertThat(isReadable(account)).isTrue();
        }
    }

    private static String id(String sequence) {
        return "4_zaaaaaaaaaaaa000000000002_f" + sequence + "_d19700101_m000000_c001_v0001000_t0010_u00000000000005";
    }

    private static String file(String sequence, int number, String name, String action, String segment) {
        return "{'t':'file','id':'" + id(sequence) + "','bucket':'aaaaaaaaaaaa000000000002','name':'" + name
                + "','time':5,'sequence':" + number + ",'action':'" + action + "','type':'text/plain','info':{'k':'v'},"
                + "'content':[" + segment + "],'sha1':'s','md5':null,'sse':null,'sseKey':null,'mode':null,'until':null,"
                + "'hold':null}";
    }
}
