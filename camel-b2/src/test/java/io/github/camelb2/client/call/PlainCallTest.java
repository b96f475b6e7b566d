// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.model.bucket.BucketList;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.large.UploadUrl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is written and read by hand is what data binding would write and read. */
class PlainCallTest {
    private static final String BUCKETS = """
            {"more": [{"buckets": 1}], "buckets": [
              {"bucketName": "other", "bucketId": "id-0", "corsRules": [{"bucketId": "none"}]},
              {"bucketId": "id-1", "bucketName": "Media", "bucketInfo": null, "lifecycleRules": [],
               "options": ["s3"], "revision": 2}
            ]}""";

    @Test
    void requestsAreThoseOfDataBinding() {
        GetUploadUrl url = GetUploadUrl.of("id \"\\ \u00e4 \ud83d\ude00");
        FindBucket bucket = (FindBucket) FindBucket.of("media").withAccountId("account");

        assertThat(text(url.write())).isEqualTo(text(Json.write(url)));
        assertThat(text(bucket.write()))
                .isEqualTo(
                        text(Json.write(ListBuckets.of().withBucketName("media").withAccountId("account"))));
        assertThat(text(FindBucket.of("media").write())).isEqualTo("{\"bucketName\":\"media\"}");
    }

    @Test
    void bucketIsFoundAmongOthersWhateverItsCase() throws IOException {
        assertThat(FindBucket.of("media").read(stream(BUCKETS)).bucket()).contains(new BucketEntry("Media", "id-1"));
        assertThat(Json.read(stream(BUCKETS), BucketList.class).buckets().get(1).bucketId())
                .isEqualTo("id-1");
        assertThat(FindBucket.of("absent").read(stream(BUCKETS)).bucket()).isEmpty();
        assertThat(FindBucket.of("absent").read(stream("{\"buckets\": null}")).bucket())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucketId\": \"b\", \"uploadUrl\": \"https://u\", \"authorizationToken\": \"t\"}",
                "{\"authorizationToken\": 17, \"more\": {\"uploadUrl\": [\"no\"]}, \"uploadUrl\": \"https://u\", \"bucketId\": null}",
            })
    void uploadUrlIsReadAsByDataBinding(String json) throws IOException {
        assertThat(UploadUrl.read(stream(json))).isEqualTo(Json.read(stream(json), UploadUrl.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"secret\"",
                "{",
                "{\"uploadUrl\": \"secret\"",
                "{\"uploadUrl\": {\"secret\": 1}, \"authorizationToken\": \"secret\"}",
                "{\"uploadUrl\": \"\", \"authorizationToken\": \"secret\"}",
                "{\"uploadUrl\": \"https://secret\"}",
            })
    void unusableAnswerIsRefusedAndNotQuoted(String json) {
        assertThatThrownBy(() -> UploadUrl.read(stream(json)))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Json.read(stream(json), UploadUrl.class)).isInstanceOf(UnusableAnswerException.class);
    }

    @Test
    void bucketWithoutAnIdIsNone() {
        assertThatThrownBy(() -> FindBucket.of("a").read(stream("{\"buckets\": [{\"bucketName\": \"a\"}]}")))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageContaining("the bucket has no member bucketId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"b\": [1, 2.5, \"x\", true, null, {}]}, \"long\": 9007199254740993, \"a2\": -1}",
                "[]",
                "{\"twice\": 1, \"twice\": \"two\", \"big\": 123456789012345678901234567890}",
                "7",
            })
    void treeIsThatOfDataBinding(String json) throws IOException {
        assertThat(Json.readTree(stream(json)).toString())
                .isEqualTo(new JsonMapper().readTree(json).toString());
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(UTF_8));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
