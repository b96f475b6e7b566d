// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.OperationStage.Message;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** What every operation does with bad input: it says what is wrong and what to try, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationErrorPathsTest extends B2TestSupport {
    // A dash is a decision: the operation cannot be in that trouble, or answers it with a result.
    // bucketExists and fileExists answer false, deleteFiles one result per file, deleteAllFileVersions an empty list,
    // and the
    // operations that make links, tokens and keys ask for no file. B2 knows prefixes of names, not of buckets.
    private static final String TABLE = """
            operation                  | input | record | bucket | absent | hidden | key | capability               | prefix | other bucket | customer key | range | name | info | page size | lifetime | taken | revision
            authorizeAccount           | -     | x      | -      | -      | -      | x   | -                        | -      | -            | -            | -     | -    | -    | -         | -        | -     | -
            getAccountInfo             | -     | x      | -      | -      | -      | x   | -                        | -      | -            | -            | -     | -    | -    | -         | -        | -     | -
            clearAccountInfo           | -     | x      | -      | -      | -      | -   | -                        | -      | -            | -            | -     | -    | -    | -         | -        | -     | -
            listBuckets                | -     | x      | -      | -      | -      | x   | listBuckets              | -      | -            | -            | -     | -    | -    | -         | -        | -     | -
            getBucket                  | x     | x      | x      | -      | -      | x   | listBuckets              | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            bucketExists               | x     | x      | -      | -      | -      | x   | listBuckets              | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            createBucket               | x     | x      | -      | -      | -      | x   | writeBuckets             | -      | x            | -            | -     | x    | x    | -         | -        | x     | -
            updateBucket               | x     | x      | x      | -      | -      | x   | writeBuckets             | -      | x            | -            | -     | -    | x    | -         | -        | -     | x
            deleteBucket               | x     | x      | x      | -      | -      | x   | deleteBuckets            | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            getBucketNotificationRules | x     | x      | x      | -      | -      | x   | readBucketNotifications  | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            setBucketNotificationRules | x     | x      | x      | -      | -      | x   | writeBucketNotifications | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            putBucketNotificationRule  | x     | x      | x      | -      | -      | x   | readBucketNotifications  | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            removeBucketNotificationRule | x     | x      | x      | -      | -      | x   | readBucketNotifications  | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            setupReplication           | x     | x      | x      | -      | -      | x   | readBucketReplications   | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            getReplicationStatus       | x     | x      | x      | -      | -      | x   | listFiles                | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            uploadFile                 | x     | x      | x      | -      | -      | x   | writeFiles               | x      | x            | -            | -     | x    | x    | -         | -        | -     | -
            downloadFile               | x     | x      | x      | x      | x      | x   | readFiles                | x      | x            | x            | x     | x    | -    | -         | -        | -     | -
            getFileInfo                | x     | x      | x      | x      | x      | x   | readFiles                | x      | x            | x            | -     | x    | -    | -         | -        | -     | -
            fileExists                 | x     | x      | -      | -      | -      | x   | readFiles                | x      | x            | x            | -     | -    | -    | -         | -        | -     | -
            listFileNames              | x     | x      | x      | -      | -      | x   | listFiles                | x      | x            | -            | -     | -    | -    | x         | -        | -     | -
            listFileVersions           | x     | x      | x      | -      | -      | x   | listFiles                | x      | x            | -            | -     | -    | -    | x         | -        | -     | -
            copyFile                   | x     | x      | x      | x      | x      | x   | writeFiles               | x      | x            | x            | x     | x    | x    | -         | -        | -     | -
            concatenateFiles           | x     | x      | x      | x      | -      | x   | writeFiles               | x      | x            | x            | x     | x    | x    | -         | -        | -     | -
            appendFile                 | x     | x      | x      | -      | -      | x   | writeFiles               | x      | x            | -            | -     | x    | x    | -         | -        | -     | -
            updateFileInfo             | x     | x      | x      | x      | x      | x   | writeFiles               | x      | x            | -            | -     | x    | x    | -         | -        | -     | -
            hideFile                   | x     | x      | x      | x      | x      | x   | writeFiles               | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            unhideFile                 | x     | x      | x      | x      | -      | x   | deleteFiles              | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            deleteFileVersion          | x     | x      | -      | x      | -      | x   | deleteFiles              | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            deleteAllFileVersions      | x     | x      | x      | -      | -      | x   | deleteFiles              | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            deleteFiles                | x     | x      | x      | -      | -      | x   | deleteFiles              | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            updateFileRetention        | x     | x      | -      | x      | -      | x   | writeFileRetentions      | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            updateFileLegalHold        | x     | x      | -      | x      | -      | x   | writeFileLegalHolds      | x      | x            | -            | -     | x    | -    | -         | -        | -     | -
            listUnfinishedLargeFiles   | x     | x      | x      | -      | -      | x   | listFiles                | x      | x            | -            | -     | -    | -    | x         | -        | -     | -
            listParts                  | x     | x      | -      | x      | -      | x   | writeFiles               | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            cancelLargeFile            | x     | x      | -      | x      | -      | x   | writeFiles               | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            cancelUnfinishedLargeFiles | x     | x      | x      | -      | -      | x   | listFiles                | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            cleanUp                    | x     | x      | x      | -      | -      | x   | deleteFiles              | x      | x            | -            | -     | -    | -    | -         | -        | -     | -
            getDownloadAuthorization   | x     | x      | x      | -      | -      | x   | shareFiles               | x      | x            | -            | -     | -    | -    | -         | x        | -     | -
            createDownloadLink         | x     | x      | x      | -      | -      | x   | shareFiles               | x      | x            | -            | -     | x    | -    | -         | x        | -     | -
            createKey                  | x     | x      | x      | -      | -      | x   | writeKeys                | -      | x            | -            | -     | x    | -    | -         | -        | -     | -
            listKeys                   | -     | x      | -      | -      | -      | x   | listKeys                 | -      | x            | -            | -     | -    | -    | x         | -        | -     | -
            getKey                     | x     | x      | -      | x      | -      | x   | listKeys                 | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            deleteKey                  | x     | x      | -      | x      | -      | x   | deleteKeys               | -      | x            | -            | -     | -    | -    | -         | -        | -     | -
            """;

    private static final List<List<String>> CELLS = TABLE.lines()
            .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
            .toList();

    private B2ClientLease master;
    private OperationStage stage;

    @BeforeEach
    void prepare() {
        master = component().borrowClient(component().getConfiguration());
        stage = new OperationStage(b2(), master.client(), B2.bucketName());
    }

    @AfterEach
    void giveBack() {
        master.close();
    }

    @Test
    void everyOperationHasDecidedAboutEveryTrouble() {
        assertThat(CELLS.get(0).stream().skip(1))
                .containsExactlyElementsOf(
                        Arrays.stream(Trouble.values()).map(Trouble::column).toList());
        assertThat(CELLS.stream().skip(1).map(row -> row.get(0)))
                .as("a new operation needs a line in the table")
                .containsExactlyElementsOf(
                        Arrays.stream(B2Operations.values()).map(Enum::name).toList());
        assertThat(CELLS).allMatch(row -> row.size() == Trouble.values().length + 1);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWithAllThatIsNeededSucceeds(B2Operations operation) throws Exception {
        deliver(stage.message(operation));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("troubles")
    void troubleIsNamedAndNothingIsChanged(Trouble trouble, B2Operations operation, String capability)
            throws Exception {
        Message message = trouble.in(stage, stage.message(operation));
        ApplicationKey limited = limitedKey(trouble, capability);
        if (limited != null) {
            message = message.by(limited);
        }
        Message sent = message;
        List<Object> before = stage.snapshot();

        Exception failure = catchException(() -> deliver(sent));

        assertThat(failure).as(sent.toString()).isInstanceOf(trouble.type()).hasMessageContaining(trouble.words());
        if (failure instanceof B2Exception refused) {
            assertSaysWhatToTry(refused);
        } else {
            assertThat(failure)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s).*(" + operation + "|CamelB2|b2_|Name|Info).*");
        }
        if (trouble == Trouble.CAPABILITY) {
            assertThat(failure).hasMessageContaining(capability);
        }
        assertThat(stage.snapshot()).as("what B2 holds after " + failure).isEqualTo(before);
    }

    private static void assertSaysWhatToTry(B2Exception refused) {
        assertThat(refused.call()).isNotBlank();
        assertThat(refused).hasMessageStartingWith((refused.call() + " " + refused.subject()).strip());
        assertThat(refused.details().message()).isNotBlank();
        assertThat(refused.details().advice()).as("advice in " + refused).isNotBlank();
        assertThat(refused.getHttpResponseCode()).isEqualTo(refused.status());
        if (refused.status() != 0) {
            // The answer to a HEAD request has a status and no code.
            assertThat(refused).hasMessageContaining((refused.status() + " " + refused.code()).strip() + ": ");
        }
    }

    private ApplicationKey limitedKey(Trouble trouble, String capability) {
        return switch (trouble) {
            case CAPABILITY -> stage.keyWithout(capability);
            case PREFIX -> stage.keyFor(stage.bucket(), "elsewhere/");
            case OTHER_BUCKET -> stage.keyFor(stage.otherBucket(), "");
            default -> null;
        };
    }

    /** Sends it, and reads what comes lazily. */
    private void deliver(Message message) throws Exception {
        Exchange answer = trySending(message.uri(), message.body(), message.headers());
        if (answer.getException() != null) {
            throw answer.getException();
        }
        if (answer.getMessage().getBody() instanceof Iterator<?> pages) {
            pages.forEachRemaining(it -> assertThat(it).isNotNull());
        }
    }

    static Stream<Arguments> troubles() {
        return CELLS.stream().skip(1).flatMap(row -> Arrays.stream(Trouble.values())
                .filter(trouble -> !row.get(trouble.ordinal() + 1).equals("-"))
                .map(trouble ->
                        Arguments.of(trouble, B2Operations.valueOf(row.get(0)), row.get(trouble.ordinal() + 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CamelB2Operation | upload | no operation of b2",
                "CamelB2RangeStart | x | CamelB2RangeStart",
                "CamelB2RangeStart | -1 | range -1",
                "CamelB2FileInfo | x | Map",
                "CamelB2ServerSideEncryption | AES | SSE-B2 or SSE-C",
                "CamelB2ServerSideEncryption | SSE-C | 32 bytes",
            })
    void headersThatCannotBeAreRefused(String header, String value, String message) {
        String uri = header.contains("Range")
                ? "b2:" + stage.bucket() + "?operation=downloadFile&fileName=" + OperationStage.FILE
                : "b2:" + stage.bucket() + "?fileName=b.txt";
        List<Object> before = stage.snapshot();

        assertThat(fail(uri, "body", Map.of(header, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(stage.snapshot()).isEqualTo(before);
    }
}
