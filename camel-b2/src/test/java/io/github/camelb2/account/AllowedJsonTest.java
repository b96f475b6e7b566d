// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.Capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AllowedJsonTest {
    @Test
    void oneBucketIsWrittenForOldAndNewReaders() {
        Allowed allowed =
                new Allowed(List.of(new AllowedBucket("id-1", "photos")), List.of(Capability.READ_FILES), "a/");

        assertThat(AllowedJson.encode(allowed))
                .isEqualTo("{\"buckets\":[{\"id\":\"id-1\",\"name\":\"photos\"}],\"bucketId\":\"id-1\","
                        + "\"bucketName\":\"photos\",\"capabilities\":[\"readFiles\"],\"namePrefix\":\"a/\"}");
    }

    @Test
    void noRestrictionIsWrittenForOldAndNewReaders() {
        assertThat(AllowedJson.encode(new Allowed(null, List.of(), null)))
                .isEqualTo("{\"buckets\":null,\"bucketId\":null,\"bucketName\":null,"
                        + "\"capabilities\":[],\"namePrefix\":null}");
    }

    @Test
    void apostrophesAreWrittenSoThatNoSchemaStepStumblesOverThem() {
        String json = AllowedJson.encode(Logins.restricted());

        assertThat(json).doesNotContain("'");
        assertThat(AllowedJson.decode(json)).isEqualTo(Logins.restricted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"buckets\":null,\"capabilities\":[],\"namePrefix\":null} | -",
                "{\"buckets\":[],\"capabilities\":[],\"namePrefix\":null} | ''",
                "{\"buckets\":[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"2\",\"name\":null}]} | 1=a 2=null",
                "{\"bucketId\":\"1\",\"bucketName\":\"a\"} | 1=a",
                "{\"bucketId\":\"1\",\"bucketName\":null} | 1=null",
                "{\"bucketId\":null,\"bucketName\":null} | -",
                "{\"buckets\":[{\"id\":\"2\",\"name\":\"b\"}],\"bucketId\":\"1\",\"bucketName\":\"a\"} | 2=b",
            })
    void bucketsAreReadFromTheNewMembersElseFromTheOld(String json, String expected) {
        List<AllowedBucket> buckets = AllowedJson.decode(json).buckets();

        String read = buckets == null
                ? null
                : String.join(
                        " ", buckets.stream().map(b -> b.id() + "=" + b.name()).toList());
        assertThat(read).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "[]", "{", "null"})
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> AllowedJson.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("\"allowed\" is not")
                .doesNotContain("secret");
    }
}
