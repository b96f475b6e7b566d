// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.FileCalls.UpdateFileLegalHold;
import io.github.camelb2.client.call.FileCalls.UpdateFileRetention;
import io.github.camelb2.client.call.FindBucket;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.call.SlimListing;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** Every call of the API, with each fault that may pass, before, during and after the work: it is done once. */
@Timeout(30)
class FaultyCallTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(settings -> settings.minPartSize(100).recommendedPartSize(1_000));

    private static final byte[] CONTENT = new byte[300];

    private static final List<String> FAULTS = List.of(
            "status 408",
            "status 429 retry-after 0",
            "status 500",
            "status 502",
            "status 503",
            "status 504",
            "expire-token",
            "reject 503",
            "drop request 0",
            "drop request 5",
            "drop response 0",
            "drop response 5",
            "truncate 5",
            "lose-answer");

    private static Clients clients;
    private static B2Client client;

    private final B2Emulator b2 = B2.emulator();
    private String bucket;
    private String bucketId;
    private StoredVersion stored;
    private String rule;
    private long fired;

    /** What must be true after a call, whatever happened to it. */
    private interface Scenario {
        void run(FaultyCallTest test);
    }

    @BeforeAll
    static void login() {
        clients = new Clients(B2.emulator().url());
        client = clients.login(
                new Credentials(B2.emulator().applicationKeyId(), B2.emulator().applicationKey()));
    }

    @AfterAll
    static void close() {
        clients.close();
    }

    @BeforeEach
    void givenABucketWithAFile() {
        bucket = B2.bucketName("faulty");
        bucketId = client.call(CreateBucket.of(bucket, BucketType.ALL_PRIVATE).withFileLockEnabled(true))
                .bucketId();
        stored = b2.state().put(bucket, "a.txt", CONTENT, Map.of("k", "v"));
        b2.resetRequests();
    }

    private static Map<Class<? extends B2Call<?>>, Scenario> scenarios() {
        Map<Class<? extends B2Call<?>>, Scenario> all = new LinkedHashMap<>();
        readingCalls(all);
        bucketAndKeyCalls(all);
        fileCalls(all);
        largeFileCalls(all);
        return all;
    }

    /** Its type is open. */
    @SuppressWarnings("unchecked")
    private static Class<? extends B2Call<?>> slimListing() {
        return (Class<? extends B2Call<?>>) (Class<?>) SlimListing.class;
    }

    private static void readingCalls(Map<Class<? extends B2Call<?>>, Scenario> all) {
        all.put(FindBucket.class, test -> assertThat(
                        test.call(FindBucket.of(test.bucket)).bucket())
                .isPresent());
        all.put(ListBuckets.class, test -> assertThat(
                        test.call(ListBuckets.of().withBucketName(test.bucket)).buckets())
                .hasSize(1));
        all.put(ListFileNames.class, test -> assertThat(
                        test.call(ListFileNames.of(test.bucketId)).files())
                .hasSize(1));
        all.put(ListFileVersions.class, test -> assertThat(
                        test.call(ListFileVersions.of(test.bucketId)).files())
                .hasSize(1));
        all.put(slimListing(), test -> assertThat(
                        test.call(new SlimListing<>(ListFileVersions.of(test.bucketId), FileVersion::fileName))
                                .files())
                .containsExactly("a.txt"));
        all.put(GetFileInfo.class, test -> assertThat(
                        test.call(GetFileInfo.of(test.stored.fileId())).fileName())
                .isEqualTo("a.txt"));
        all.put(GetUploadUrl.class, test -> assertThat(
                        test.call(GetUploadUrl.of(test.bucketId)).uploadUrl())
                .startsWith("http"));
        all.put(GetDownloadAuthorization.class, test -> assertThat(
                        test.call(GetDownloadAuthorization.of(test.bucketId, "a", 60))
                                .authorizationToken())
                .isNotBlank());
        all.put(GetBucketNotificationRules.class, test -> assertThat(
                        test.call(GetBucketNotificationRules.of(test.bucketId)).eventNotificationRules())
                .isEmpty());
        all.put(ListKeys.class, test -> {
            String id = test.key();
            assertThat(test.call(ListKeys.of()).keys())
                    .anySatisfy(key -> assertThat(key.applicationKeyId()).isEqualTo(id));
        });
    }

    private static void bucketAndKeyCalls(Map<Class<? extends B2Call<?>>, Scenario> all) {
        all.put(CreateBucket.class, test -> {
            String name = B2.bucketName("made");
            String id = test.call(CreateBucket.of(name, BucketType.ALL_PRIVATE)).bucketId();
            assertThat(test.b2.state().bucketId(name)).contains(id);
        });
        all.put(UpdateBucket.class, test -> {
            assertThat(test.call(UpdateBucket.of(test.bucketId).withBucketInfo(Map.of("n", "1")))
                            .bucketInfo())
                    .containsEntry("n", "1");
            assertThat(client.getBucket(test.bucket, Clients.FAST).bucketInfo()).containsEntry("n", "1");
        });
        all.put(DeleteBucket.class, test -> {
            String name = B2.bucketName("gone");
            test.call(DeleteBucket.of(test.b2.state().createBucket(name)));
            assertThat(test.b2.state().bucketId(name)).isEmpty();
        });
        all.put(SetBucketNotificationRules.class, test -> {
            NotificationRule wanted = NotificationRule.of(
                    "rule-1",
                    List.of("b2:ObjectCreated:*"),
                    NotificationRule.Target.webhook("http://127.0.0.1:1/hook", null));
            test.call(SetBucketNotificationRules.of(test.bucketId, List.of(wanted)));
            assertThat(client.call(GetBucketNotificationRules.of(test.bucketId), Clients.FAST)
                            .eventNotificationRules())
                    .extracting(NotificationRule::name)
                    .containsExactly("rule-1");
        });
        all.put(CreateKey.class, test -> {
            String name = B2.bucketName("key");
            String id = test.call(CreateKey.of(List.of(Capability.LIST_FILES), name))
                    .applicationKeyId();
            // The secret of a key whose answer was lost is lost with it: it is deleted, and another one made.
            assertThat(client.call(ListKeys.of().withMaxKeyCount(10_000), Clients.FAST).keys().stream()
                            .filter(key -> key.keyName().equals(name)))
                    .singleElement()
                    .satisfies(key -> assertThat(key.applicationKeyId()).isEqualTo(id));
        });
        all.put(DeleteKey.class, test -> {
            String id = test.key();
            test.call(DeleteKey.of(id));
            assertThat(client.call(ListKeys.of().withMaxKeyCount(10_000), Clients.FAST)
                            .keys())
                    .noneSatisfy(key -> assertThat(key.applicationKeyId()).isEqualTo(id));
        });
    }

    private static void fileCalls(Map<Class<? extends B2Call<?>>, Scenario> all) {
        all.put(HideFile.class, test -> {
            String id = test.call(HideFile.of(test.bucketId, "a.txt")).fileId();
            assertThat(test.versions("a.txt")).containsExactly("hide", "upload");
            assertThat(test.b2.state().versions(test.bucket, "a.txt").get(0).fileId())
                    .isEqualTo(id);
        });
        all.put(DeleteFileVersion.class, test -> {
            test.b2.state().put(test.bucket, "a.txt", new byte[1]);
            test.call(DeleteFileVersion.of("a.txt", test.stored.fileId()));
            assertThat(test.b2.state().versions(test.bucket, "a.txt")).hasSize(1);
        });
        all.put(CopyFile.class, test -> {
            String id = test.call(CopyFile.of(test.stored.fileId(), "b.txt")).fileId();
            assertThat(test.versions("b.txt")).containsExactly("upload");
            assertThat(test.b2.state().bytes(id)).isEqualTo(CONTENT);
        });
        all.put(UpdateFileRetention.class, test -> {
            FileRetention retention = FileRetention.of(RetentionMode.GOVERNANCE, Instant.ofEpochMilli(stamp()));
            test.call(UpdateFileRetention.of("a.txt", test.stored.fileId(), retention));
            assertThat(client.call(GetFileInfo.of(test.stored.fileId()), Clients.FAST)
                            .fileRetention()
                            .value())
                    .isEqualTo(retention);
        });
        all.put(UpdateFileLegalHold.class, test -> {
            test.call(UpdateFileLegalHold.of("a.txt", test.stored.fileId(), LegalHold.ON));
            assertThat(client.call(GetFileInfo.of(test.stored.fileId()), Clients.FAST)
                            .legalHold()
                            .value())
                    .isEqualTo(LegalHold.ON);
        });
    }

    /** Far in the future, and the same each time. */
    private static long stamp() {
        return Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    }

    private static void largeFileCalls(Map<Class<? extends B2Call<?>>, Scenario> all) {
        all.put(StartLargeFile.class, test -> {
            test.call(StartLargeFile.of(test.bucketId, "big", "b2/x-auto").withFileInfo(Map.of("k", "v")));
            // Of two nobody can tell whose the first is: it is left to cancelUnfinishedLargeFiles.
            assertThat(test.b2.state().unfinishedLargeFiles(test.bucket))
                    .hasSizeBetween(1, test.mayHaveWorked() ? 2 : 1);
        });
        all.put(GetUploadPartUrl.class, test -> assertThat(
                        test.call(GetUploadPartUrl.of(test.large())).uploadUrl())
                .startsWith("http"));
        all.put(CopyPart.class, test -> {
            String large = test.large();
            assertThat(test.call(CopyPart.of(test.stored.fileId(), large, 1)).contentLength())
                    .isEqualTo(CONTENT.length);
            assertThat(test.b2.state().parts(large)).isEqualTo(1);
        });
        all.put(ListParts.class, test -> {
            String large = test.large();
            test.part(large, 1);
            assertThat(test.call(ListParts.of(large)).parts()).hasSize(1);
        });
        all.put(ListUnfinishedLargeFiles.class, test -> {
            test.large();
            assertThat(test.call(ListUnfinishedLargeFiles.of(test.bucketId)).files())
                    .hasSize(1);
        });
        all.put(FinishLargeFile.class, test -> {
            String large = test.large();
            List<String> sha1s = List.of(test.part(large, 1), test.part(large, 2));
            assertThat(test.call(FinishLargeFile.of(large, sha1s)).contentLength())
                    .isEqualTo(2L * CONTENT.length);
            assertThat(test.versions("big")).containsExactly("upload");
        });
        all.put(CancelLargeFile.class, test -> {
            test.call(CancelLargeFile.of(test.large()));
            assertThat(test.b2.state().unfinishedLargeFiles(test.bucket)).isEmpty();
        });
    }

    static Stream<Arguments> callsAndFaults() {
        List<Arguments> all = new ArrayList<>();
        scenarios()
                .forEach((call, scenario) -> FAULTS.forEach(
                        fault -> all.add(Arguments.of(call.getSimpleName() + ": " + fault, fault, scenario))));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsAndFaults")
    void theCallIsDoneOnce(String name, String fault, Scenario scenario) {
        rule = fault;

        scenario.run(this);

        assertThat(fired).as("faults that came").isEqualTo(1);
    }

    static Stream<String> faultsOfALogin() {
        return FAULTS.stream().filter(fault -> !fault.equals("expire-token"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfALogin")
    void theLoginIsMade(String fault) {
        B2Client fresh = clients.login(new Credentials(b2.applicationKeyId(), b2.applicationKey()));
        b2.faults().add("b2_authorize_account #1: " + fault);

        assertThat(fresh.call(ListBuckets.of().withBucketName(bucket), Clients.FAST)
                        .buckets())
                .hasSize(1);

        assertThat(b2.faults().fired()).isEqualTo(1);
        b2.faults().clear();
    }

    @ParameterizedTest
    @MethodSource("faultsOfALogin")
    void headersAreRead(String fault) {
        b2.faults().add("b2_download_file_by_name #1: " + fault);

        assertThat(client.head(DownloadFile.byName(bucket, "a.txt"), Clients.FAST))
                .map(FileVersion::contentLength)
                .contains((long) CONTENT.length);

        assertThat(b2.faults().fired()).isEqualTo(1);
        b2.faults().clear();
    }

    @Test
    void everyCallIsInTheTable() {
        Set<String> calls = new ClassFileImporter()
                .importPackages("io.github.camelb2.client.call").stream()
                        .filter(type -> type.isAssignableTo(B2Call.class) && !type.isInterface())
                        .map(type -> type.getSimpleName())
                        .collect(Collectors.toSet());

        assertThat(scenarios().keySet()).extracting(Class::getSimpleName).containsExactlyInAnyOrderElementsOf(calls);
    }

    /** Sends the call whose first request has the fault; what is looked at afterwards has none. */
    private <T> T call(B2Call<T> call) {
        b2.faults().add(call.name() + " #1: " + rule);
        try {
            return client.call(call, Clients.FAST);
        } finally {
            fired = b2.faults().fired();
            b2.faults().clear();
        }
    }

    private boolean mayHaveWorked() {
        return Set.of("drop response 0", "drop response 5", "truncate 5", "lose-answer")
                .contains(rule);
    }

    private String key() {
        return client.call(CreateKey.of(List.of(Capability.LIST_FILES), B2.bucketName("key")), Clients.FAST)
                .applicationKeyId();
    }

    private String large() {
        return client.call(StartLargeFile.of(bucketId, "big", "b2/x-auto"), Clients.FAST)
                .fileId();
    }

    private String part(String large, int number) {
        return client.call(CopyPart.of(stored.fileId(), large, number), Clients.FAST)
                .contentSha1();
    }

    private List<String> versions(String name) {
        return b2.state().versions(bucket, name).stream()
                .map(StoredVersion::action)
                .map(Object::toString)
                .toList();
    }
}
