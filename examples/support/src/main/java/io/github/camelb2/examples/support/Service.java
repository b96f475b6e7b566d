// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.support;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/**
 * The B2 service that an example works on: an emulator that it starts and stops, or real B2.
 *
 * @param realm    where it is
 * @param keyId    the application key id
 * @param key      the application key
 * @param bucket   the bucket to work in
 * @param prefix   what all names in the bucket begin with
 * @param emulator the emulator to stop; null for real B2
 */
public record Service(
        String realm,
        String keyId,
        String key,
        String bucket,
        String prefix,
        @Nullable B2Emulator emulator) implements AutoCloseable {

    /**
     * Real B2 if the environment has a key and a bucket, otherwise an emulator.
     *
     * @param environment where {@code B2_APPLICATION_KEY_ID}, {@code B2_APPLICATION_KEY} and {@code B2_BUCKET} may stand
     * @param bucket      the bucket of the emulator to work in; the caller makes it
     * @param prefix      what all names in the bucket shall begin with
     * @throws IllegalArgumentException if the environment names some of the three and not all
     */
    public static Service of(Map<String, String> environment, String bucket, String prefix) {
        String keyId = environment.getOrDefault("B2_APPLICATION_KEY_ID", "");
        String key = environment.getOrDefault("B2_APPLICATION_KEY", "");
        String realBucket = environment.getOrDefault("B2_BUCKET", "");
        if (keyId.isEmpty() && key.isEmpty() && realBucket.isEmpty()) {
            B2Emulator emulator = B2Emulator.start();
            return new Service(
                    emulator.url(), emulator.applicationKeyId(), emulator.applicationKey(), bucket, prefix, emulator);
        }
        if (keyId.isEmpty() || key.isEmpty() || realBucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "real B2 needs B2_APPLICATION_KEY_ID, B2_APPLICATION_KEY and B2_BUCKET, an"
                            + " existing bucket; unset all three to use the emulator");
        }
        return new Service("production", keyId, key, realBucket, prefix, null);
    }

    /** Whether this is an emulator, whose buckets nobody else has made yet. */
    public boolean isEmulator() {
        return emulator != null;
    }

    /** Makes the bucket on the emulator; on real B2 it is there already, and this does nothing. */
    void makeBucket() {
        if (emulator != null) {
            emulator.state().createBucket(bucket);
        }
    }

    /** The place of the synced tree, as a sync names it. */
    public String remote() {
        return "b2://" + bucket + "/" + prefix;
    }

    @Override
    public void close() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Override
    public String toString() {
        return isEmulator() ? "the emulator at " + realm : "Backblaze B2, bucket " + bucket;
    }
}
