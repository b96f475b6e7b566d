// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DestinationTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "in/, done/, -, false, in/a.csv, done/in/a.csv",
                "in/, done/, -, true, in/a.csv, done/a.csv",
                "in/, done/, .old, true, in/a.csv, done/a.csv.old",
                "in.(x)/, done/, -, true, in.(x)/a$1, done/a$1"
            })
    void nameIsMadeOfPrefixNameAndSuffix(
            String prefix, String toPrefix, String suffix, boolean strip, String name, String moved) {
        B2Configuration options = moving("bucket", prefix, null, toPrefix, suffix, strip);

        assertThat(Destination.afterRead(options).nameFor(name)).isEqualTo(moved);
        assertThat(Destination.afterRead(options).bucket()).isEqualTo("bucket");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, .done, false, -",
                "-, done/, -, false, -",
                "in/, -, .done, false, -",
                "in/, in/done/, -, false, -",
                "in/, -, -, true, -",
                "in/, i, -, true, -",
                "in/, in/done/, -, true, -",
                "a, a, -, false, -",
                "in/, in/d, -, true, /"
            })
    void moveIntoTheConsumedPrefixIsRefused(
            String prefix, String toPrefix, String suffix, boolean strip, String delimiter) {
        B2Configuration options = moving("bucket", prefix, null, toPrefix, suffix, strip);
        options.setDelimiter(delimiter);

        assertThatThrownBy(() -> Destination.afterRead(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option destinationBucketPrefix=")
                .hasMessageContaining("would be consumed again")
                .hasMessageContaining("set destinationBucket to another bucket");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, other, -, -, -", "in/, -, done/, -, -", "-, -, done/, -, /", "in/, -, in/done/, -, /"})
    void moveOutOfWhatIsConsumedIsAccepted(
            String prefix, String bucket, String toPrefix, String suffix, String delimiter) {
        B2Configuration options = moving("bucket", prefix, bucket, toPrefix, suffix, false);
        options.setDelimiter(delimiter);

        assertThat(Destination.afterRead(options)).isNotNull();
    }

    @Test
    void consumerOfOneFileMayMoveItAnywhereElse() {
        B2Configuration options = moving("bucket", null, null, null, ".done", false);
        options.setFileName("a.csv");

        assertThat(Destination.afterRead(options).nameFor("a.csv")).isEqualTo("a.csv.done");
    }

    @Test
    void failedFilesMustLeaveTheConsumedPrefixToo() {
        B2Configuration options = moving("bucket", "in/", null, null, null, false);

        assertThat(Destination.afterFailure(options, "failed/").nameFor("in/a")).isEqualTo("failed/in/a");
        assertThatThrownBy(() -> Destination.afterFailure(options, "in/failed/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option moveFailed=in/failed/ cannot be");
    }

    private static B2Configuration moving(
            String bucket, String prefix, String toBucket, String toPrefix, String suffix, boolean strip) {
        B2Configuration options = new B2Configuration();
        options.setBucketName(bucket);
        options.setPrefix(prefix);
        options.setMoveAfterRead(true);
        options.setDestinationBucket(toBucket);
        options.setDestinationBucketPrefix(toPrefix);
        options.setDestinationBucketSuffix(suffix);
        options.setRemovePrefixOnMove(strip);
        return options;
    }
}
