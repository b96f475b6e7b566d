// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.model.bucket.Bucket;

import static org.assertj.core.api.Assertions.assertThat;

class AutoCreateBucketTest extends B2TestSupport {
    @Test
    void aBucketIsMadeOfTheTypeThatTheOptionSays() {
        String bucket = B2.bucketName();

        send("b2:" + bucket + "?autoCreateBucket=true&bucketType=allPublic&fileName=a", "x", Map.of());

        Bucket made = send("b2:" + bucket + "?operation=getBucket", null, Map.of())
                .getMessage()
                .getBody(Bucket.class);
        assertThat(made.bucketType()).hasToString("allPublic");
        assertThat(b2().state().names(bucket)).containsExactly("a");
    }

    @Test
    void aListingMakesTheBucketAndIsEmpty() {
        String bucket = B2.bucketName();

        Exchange answer = send("b2:" + bucket + "?autoCreateBucket=true&operation=listFileNames", null, Map.of());

        assertThat(answer.getMessage().getBody(Iterator.class).hasNext()).isFalse();
        assertThat(b2().state().buckets()).contains(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleteBucket", "getBucket", "deleteFiles&prefix=a", "getFileInfo&fileName=a"})
    void whatNeedsABucketThatIsThereMakesNone(String operation) {
        String bucket = B2.bucketName();
        // On the component, because on the endpoint it is refused for operations that do not read it.
        component().getConfiguration().setAutoCreateBucket(true);

        assertThat(fail("b2:" + bucket + "?operation=" + operation, null, Map.of()))
                .isInstanceOf(B2NotFoundException.class);
        assertThat(b2().state().buckets()).doesNotContain(bucket);
    }

    @Test
    void manyThreadsMakeOneBucket() throws Exception {
        String bucket = B2.bucketName();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Exchange>> uploads = IntStream.range(0, 12)
                    .<Callable<Exchange>>mapToObj(i ->
                            () -> trySending("b2:" + bucket + "?autoCreateBucket=true&fileName=f" + i, "x", Map.of()))
                    .toList();
            for (Future<Exchange> done : threads.invokeAll(uploads)) {
                assertThat(done.get().getException()).isNull();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(b2().state().names(bucket)).hasSize(12);
        assertThat(b2().state().buckets()).filteredOn(bucket::equals).hasSize(1);
    }

    @Test
    void aNameThatSomebodyElseHasIsAConflict() {
        String bucket = B2.bucketName();
        b2().faults().add("b2_create_bucket: status 400 duplicate_bucket_name");

        assertThat(fail("b2:" + bucket + "?autoCreateBucket=true&fileName=a", "x", Map.of()))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("choose another one");
    }
}
