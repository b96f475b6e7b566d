// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.UUID;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import io.github.camelb2.client.api.Credentials;

/**
 * The contract against Backblaze B2 itself: makes buckets, a few small files and a key, and deletes them.
 *
 * <p>The variables are not those of the component, so that nobody is billed for running the tests by chance.
 */
@EnabledIfEnvironmentVariable(
        named = B2RouteOnB2Test.KEY_ID,
        matches = ".+",
        disabledReason = "needs B2_TEST_APPLICATION_KEY_ID and B2_TEST_APPLICATION_KEY: an account to make buckets in")
class B2RouteOnB2Test extends B2RouteContract {
    static final String KEY_ID = "B2_TEST_APPLICATION_KEY_ID";

    @Override
    String realm() {
        return "production";
    }

    @Override
    Credentials key() {
        return new Credentials(System.getenv(KEY_ID), System.getenv("B2_TEST_APPLICATION_KEY"));
    }

    @Override
    String unusedBucketName() {
        return "camel-b2-test-" + UUID.randomUUID();
    }
}
