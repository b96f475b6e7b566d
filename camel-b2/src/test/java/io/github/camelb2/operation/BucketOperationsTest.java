// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.CorsRule;
import io.github.camelb2.client.model.bucket.LifecycleRule;

import static io.github.camelb2.B2Operations.createBucket;
import static io.github.camelb2.B2Operations.deleteBucket;
import static io.github.camelb2.B2Operations.getBucket;
import static io.github.camelb2.B2Operations.listBuckets;
import static io.github.camelb2.B2Operations.listFileNames;
import static org.assertj.core.api.Assertions.assertThat;

class BucketOperationsTest extends B2TestSupport {
    @Test
    void listBucketsAnswersAllBucketsOfTheAccount() {
        String name = B2.createBucket();

        Exchange answer = send("b2:*", null, operation(listBuckets));

        assertThat(answer.getMessage().getBody(List.class))
                .extracting("bucketName")
                .contains(name);
    }

    @Test
    void createBucketTakesTypeInfoAndRulesOfTheMessage() {
        List<LifecycleRule> rules = List.of(LifecycleRule.keepOnlyLastVersion());

        Exchange answer = send(
                "b2:" + B2.bucketName(),
                "the body",
                Map.of(
                        B2Constants.OPERATION,
                        createBucket,
                        B2Constants.BUCKET_TYPE,
                        "allPublic",
                        B2Constants.BUCKET_INFO,
                        Map.of("team", "media"),
                        B2Constants.LIFECYCLE_RULES,
                        rules));

        Bucket made = answer.getMessage().getBody(Bucket.class);
        assertThat(made.bucketName()).isEqualTo(B2.bucketName());
        assertThat(made.bucketType()).isEqualTo(BucketType.ALL_PUBLIC);
        assertThat(made.bucketInfo()).containsEntry("team", "media");
        assertThat(made.lifecycleRules()).isEqualTo(rules);
        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_BUCKET_ID))
                .isEqualTo(made.bucketId());
        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_BUCKET_REVISION))
                .isEqualTo(made.revision());
        assertThat(b2().state().buckets()).contains(B2.bucketName());
    }

    @Test
    void corsRulesOfTheMessageAreStored() {
        CorsRule rule = new CorsRule(
                "downloads", List.of("https://example.com"), List.of("b2_download_file_by_name"), null, null, 3600);

        send("b2:" + B2.bucketName() + "?operation=createBucket", null, Map.of(B2Constants.CORS_RULES, List.of(rule)));
        Exchange answer = send("b2:" + B2.bucketName() + "?operation=getBucket", null, Map.of());

        assertThat(answer.getMessage().getBody(Bucket.class).corsRules())
                .extracting(CorsRule::corsRuleName)
                .containsExactly("downloads");
        assertThat(answer.getMessage().getHeader(B2Constants.FOUND_CORS_RULES, List.class))
                .hasSize(1);
    }

    @Test
    void createBucketRefusesANameThatIsTaken() {
        String name = B2.createBucket();

        assertThat(fail("b2:" + name, null, operation(createBucket)))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("b2_create_bucket")
                .hasMessageContaining(name);
    }

    @Test
    void getBucketDescribesABucketByName() {
        String name = B2.createBucket();

        Exchange answer =
                send("b2:*", null, Map.of(B2Constants.OPERATION, "getBucket", B2Constants.OVERRIDE_BUCKET_NAME, name));

        assertThat(answer.getMessage().getBody(Bucket.class).bucketName()).isEqualTo(name);
        assertThat(answer.getMessage().getHeader(B2Constants.FOUND_BUCKET_NAME)).isEqualTo(name);
        assertThat(answer.getMessage().getHeaders())
                .doesNotContainKeys(B2Constants.OVERRIDE_BUCKET_NAME, B2Constants.OPERATION);
    }

    @Test
    void getBucketFailsForABucketThatIsNotThere() {
        assertThat(fail("b2:no-such-bucket", null, operation(getBucket)))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("no-such-bucket")
                .hasMessageContaining("createBucket");
    }

    @Test
    void deleteBucketDeletesAnEmptyBucket() {
        String name = B2.createBucket();

        Exchange answer = send("b2:" + name, null, operation(deleteBucket));

        assertThat(answer.getMessage().getBody(Bucket.class).bucketName()).isEqualTo(name);
        assertThat(b2().state().buckets()).doesNotContain(name);
    }

    @Test
    void deleteBucketRefusesABucketWithFiles() {
        String name = B2.createBucket();
        b2().state().put(name, "a.txt", bytes("a"));

        assertThat(fail("b2:" + name, null, operation(deleteBucket)))
                .hasMessageContaining("cannot_delete_non_empty_bucket");
        assertThat(b2().state().buckets()).contains(name);
    }

    @Test
    void aBucketThatWasMadeAgainIsFoundUnderItsNewId() {
        String name = B2.createBucket();
        send("b2:" + name, null, operation(listFileNames));
        String oldId = b2().state().bucketId(name).orElseThrow();
        send("b2:" + name, null, operation(deleteBucket));
        b2().state().createBucket(name);
        b2().state().put(name, "a.txt", bytes("a"));

        Exchange answer = send("b2:" + name, null, operation(listFileNames));

        assertThat(b2().state().bucketId(name)).get().isNotEqualTo(oldId);
        assertThat(answer.getMessage().getBody(Iterator.class).next())
                .extracting("fileName")
                .isEqualTo("a.txt");
    }
}
