package io.github.camelb2.operation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.CreateKey;
import io.github.camelb2.client.model.ApplicationKey;

import static io.github.camelb2.B2Operations.authorizeAccount;
import static io.github.camelb2.B2Operations.clearAccountInfo;
import static io.github.camelb2.B2Operations.getAccountInfo;
import static org.assertj.core.api.Assertions.assertThat;

/** What every operation does with bad input: it names the trouble, and changes nothing. */
class OperationErrorPathsTest extends B2TestSupport {
    private static final Set<B2Operations> WITHOUT_INPUT = EnumSet.of(
            authorizeAccount, getAccountInfo, clearAccountInfo, B2Operations.listBuckets, B2Operations.listKeys);

    private String bucket;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("a"));
    }

    @ParameterizedTest
    @EnumSource
    void aRequestRecordOfTheWrongClassIsRefused(B2Operations operation) {
        assertThat(fail("b2:" + bucket + "?pojoRequest=true", 7, operation(operation)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(operation.name())
                .hasMessageContaining("pojoRequest");
        assertNothingChanged();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"authorizeAccount", "getAccountInfo", "clearAccountInfo", "listBuckets", "listKeys"})
    void aMessageThatSaysNothingIsRefusedWithWhatToSet(B2Operations operation) {
        assertThat(fail("b2:*", null, operation(operation)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(operation + " needs ")
                .hasMessageMatching("(?s).*(CamelB2|b2:bucketName|message body).*");
        assertNothingChanged();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsUnauthorized(B2Operations operation) {
        if (operation == clearAccountInfo) {
            return; // It forgets a login and needs none.
        }
        Exception failure = fail(
                "b2:" + bucket + "?applicationKey=wrong&applicationKeyId=" + b2().applicationKeyId(),
                body(operation),
                headers(operation));

        assertThat(failure).isInstanceOf(B2UnauthorizedException.class).hasMessageContaining("b2_authorize_account");
        assertThat(failure.getMessage()).doesNotContain("wrong");
        assertNothingChanged();
    }

    @ParameterizedTest
    @EnumSource
    void aBucketThatIsNotThereIsNamed(B2Operations operation) {
        if (WITHOUT_INPUT.contains(operation) || needsNoBucket(operation)) {
            return;
        }
        assertThat(fail("b2:no-such-bucket", body(operation), headersWithoutId(operation)))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("no-such-bucket");
        assertNothingChanged();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithoutTheCapabilityIsUnauthorized(B2Operations operation) {
        if (WITHOUT_INPUT.contains(operation)) {
            return;
        }
        ApplicationKey key = send(
                        "b2:*?operation=createKey&pojoRequest=true",
                        CreateKey.of(List.of(new Capability("readBuckets")), "powerless"),
                        Map.of())
                .getMessage()
                .getBody(ApplicationKey.class);

        Exception failure = fail(
                "b2:" + bucket + "?applicationKeyId=" + key.applicationKeyId() + "&applicationKey=RAW("
                        + key.applicationKey() + ")",
                body(operation),
                readsByName(operation) ? headersWithoutId(operation) : headers(operation));

        assertThat(failure).isInstanceOf(B2UnauthorizedException.class).hasMessageContaining("401");
        assertThat(failure.getMessage()).doesNotContain(key.applicationKey());
        assertNothingChanged();
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
                ? "b2:" + bucket + "?operation=downloadFile&fileName=a.txt"
                : "b2:" + bucket + "?fileName=b.txt";

        assertThat(fail(uri, "body", Map.of(header, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertNothingChanged();
    }

    private void assertNothingChanged() {
        assertThat(b2().state().buckets()).contains(bucket);
        assertThat(b2().state().versions(bucket)).extracting("name").containsExactly("a.txt");
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    /** A HEAD request for an id that is none is refused before the key is looked at. */
    private static boolean readsByName(B2Operations operation) {
        return operation == B2Operations.downloadFile || operation == B2Operations.fileExists;
    }

    private static boolean needsNoBucket(B2Operations operation) {
        return switch (operation) {
            case createBucket,
                    deleteFileVersion,
                    updateFileRetention,
                    updateFileLegalHold,
                    listParts,
                    cancelLargeFile,
                    getKey,
                    deleteKey,
                    // Its answer is the same for a file and a bucket that is not there: no.
                    fileExists -> true;
            default -> false;
        };
    }

    private static Object body(B2Operations operation) {
        return switch (operation) {
            case concatenateFiles -> List.of("a", "b");
            case setBucketNotificationRules -> List.of();
            default -> "body";
        };
    }

    private static Map<String, Object> headersWithoutId(B2Operations operation) {
        Map<String, Object> headers = headers(operation);
        headers.remove(B2Constants.FILE_ID);
        return headers;
    }

    /** All that the operation needs. */
    private static Map<String, Object> headers(B2Operations operation) {
        Map<String, Object> headers = new HashMap<>(Map.of(
                B2Constants.OPERATION, operation,
                B2Constants.FILE_NAME, "a.txt",
                B2Constants.DESTINATION_FILE_NAME, "b.txt",
                B2Constants.BUCKET_INFO, Map.of("a", "b"),
                B2Constants.OLDER_THAN, Duration.ZERO,
                B2Constants.FILES_TO_DELETE, List.of("a.txt"),
                B2Constants.KEY_NAME, "name",
                B2Constants.KEY_CAPABILITIES, "readFiles",
                B2Constants.KEY_ID, "0001",
                B2Constants.FILE_ID, "4_z00_f00_d00"));
        headers.put(B2Constants.FILE_RETENTION_MODE, operation == B2Operations.updateFileRetention ? "none" : null);
        headers.put(B2Constants.LEGAL_HOLD, operation == B2Operations.updateFileLegalHold ? "on" : null);
        headers.values().removeIf(java.util.Objects::isNull);
        if (operation == B2Operations.createBucket) {
            headers.put(B2Constants.OVERRIDE_BUCKET_NAME, "another-bucket");
        }
        return headers;
    }
}
