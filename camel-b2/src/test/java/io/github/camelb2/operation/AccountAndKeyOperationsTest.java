// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.key.ApplicationKey;

import static io.github.camelb2.B2Operations.clearAccountInfo;
import static io.github.camelb2.B2Operations.createKey;
import static io.github.camelb2.B2Operations.deleteKey;
import static io.github.camelb2.B2Operations.getAccountInfo;
import static io.github.camelb2.B2Operations.getKey;
import static io.github.camelb2.B2Operations.listKeys;
import static org.assertj.core.api.Assertions.assertThat;

class AccountAndKeyOperationsTest extends B2TestSupport {
    @Test
    void getAccountInfoLogsInOnceAndMasksSecretsInItsText() {
        send("b2:*", null, operation(getAccountInfo));
        Exchange answer = send("b2:*", null, operation(getAccountInfo));

        AccountInfo info = answer.getMessage().getBody(AccountInfo.class);
        assertThat(info.applicationKeyId()).isEqualTo(b2().applicationKeyId());
        assertThat(info.applicationKey()).isEqualTo(b2().applicationKey());
        assertThat(info.toString()).doesNotContain(info.authorizationToken(), b2().applicationKey());
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void clearAccountInfoMakesTheNextOperationLogInAgain() {
        send("b2:*", null, operation(getAccountInfo));
        Exchange answer = send("b2:*", "the body", operation(clearAccountInfo));
        send("b2:*", null, operation(getAccountInfo));

        assertThat(answer.getMessage().getBody()).isEqualTo("the body");
        assertThat(b2().count("b2_authorize_account")).isEqualTo(2);
    }

    @Test
    void aKeyForTheBucketOfTheEndpointIsCreatedDescribedListedAndDeleted() {
        String bucket = B2.createBucket();
        Exchange made = send(
                "b2:" + bucket,
                null,
                Map.of(
                        B2Constants.OPERATION,
                        createKey,
                        B2Constants.KEY_NAME,
                        "readers",
                        B2Constants.KEY_CAPABILITIES,
                        List.of("listFiles", "readFiles"),
                        B2Constants.KEY_VALID_DURATION,
                        Duration.ofDays(1),
                        B2Constants.PREFIX,
                        "docs/"));
        ApplicationKey key = made.getMessage().getBody(ApplicationKey.class);
        Map<String, Object> byId = Map.of(B2Constants.KEY_ID, key.applicationKeyId());

        assertThat(key.applicationKey()).isNotBlank();
        assertThat(key.toString()).doesNotContain(key.applicationKey());
        assertThat(key.bucketIds())
                .containsExactly(b2().state().bucketId(bucket).orElseThrow());
        assertThat(key.namePrefix()).isEqualTo("docs/");
        assertThat(key.capabilities()).extracting(Capability::name).containsExactlyInAnyOrder("listFiles", "readFiles");
        assertThat(made.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_KEY_ID, key.applicationKeyId())
                .doesNotContainValue(key.applicationKey());
        assertThat(key(send("b2:*?operation=getKey", null, byId)).keyName()).isEqualTo("readers");
        assertThat(keyIds()).contains(key.applicationKeyId());

        send("b2:*?operation=deleteKey", null, byId);
        assertThat(keyIds()).doesNotContain(key.applicationKeyId());
    }

    @Test
    void aKeyForSeveralBucketsIsMadeOfARequestRecord() {
        String one = B2.createBucket();
        String two = B2.bucketName("two");
        b2().state().createBucket(two);
        List<String> ids = List.of(
                b2().state().bucketId(one).orElseThrow(),
                b2().state().bucketId(two).orElseThrow());

        Exchange made = send(
                "b2:*?operation=createKey&pojoRequest=true",
                CreateKey.of(List.of(Capability.READ_FILES), "both").withBucketIds(ids),
                Map.of());

        assertThat(key(made).bucketIds()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aRestrictedKeySeesItsBucketOnly() {
        String mine = B2.createBucket();
        b2().state().createBucket(B2.bucketName("other"));
        b2().state().put(mine, "docs/a.txt", bytes("a"));
        ApplicationKey key = key(send(
                "b2:" + mine + "?operation=createKey",
                null,
                Map.of(
                        B2Constants.KEY_NAME, "mine",
                        B2Constants.KEY_CAPABILITIES, "listBuckets,listFiles,readFiles")));
        String login =
                "applicationKeyId=" + key.applicationKeyId() + "&applicationKey=RAW(" + key.applicationKey() + ")";

        Exchange buckets = send("b2:*?operation=listBuckets&" + login, null, Map.of());
        Exception refused = fail("b2:" + mine + "?fileName=b.txt&" + login, "b", Map.of());

        assertThat(buckets.getMessage().getBody(List.class))
                .extracting("bucketName")
                .containsExactly(mine);
        assertThat(refused).isInstanceOf(B2UnauthorizedException.class).hasMessageContaining("writeFiles");
    }

    @Test
    void aKeyNeedsNameAndCapabilities() {
        assertThat(fail("b2:*", null, Map.of(B2Constants.OPERATION, createKey, B2Constants.KEY_NAME, "x")))
                .hasMessageContaining("createKey needs capabilities")
                .hasMessageContaining(B2Constants.KEY_CAPABILITIES);
        assertThat(fail(
                        "b2:*",
                        null,
                        Map.of(B2Constants.OPERATION, createKey, B2Constants.KEY_CAPABILITIES, "readFiles")))
                .hasMessageContaining("createKey needs a name for the key");
        assertThat(fail("b2:*", null, operation(deleteKey))).hasMessageContaining(B2Constants.KEY_ID);
    }

    @Test
    void aKeyThatIsNotThereIsNamed() {
        assertThat(fail("b2:*", null, Map.of(B2Constants.OPERATION, getKey, B2Constants.KEY_ID, "000nothing")))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("000nothing");
    }

    private List<String> keyIds() {
        List<String> ids = new ArrayList<>();
        Iterator<?> keys = send("b2:*", null, operation(listKeys)).getMessage().getBody(Iterator.class);
        keys.forEachRemaining(key -> ids.add(((ApplicationKey) key).applicationKeyId()));
        return ids;
    }

    private static ApplicationKey key(Exchange answer) {
        return answer.getMessage().getBody(ApplicationKey.class);
    }
}
