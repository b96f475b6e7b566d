package io.github.camelb2.examples.quickstart;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.B2Emulator;

/**
 * The B2 service that the example works on: an emulator that it starts and stops, or real B2.
 *
 * @param realm    where it is
 * @param keyId    the application key id
 * @param key      the application key
 * @param bucket   the bucket to work in
 * @param prefix   what all names in the bucket begin with
 * @param emulator the emulator to stop; null for real B2
 */
record Service(
        String realm,
        String keyId,
        String key,
        String bucket,
        String prefix,
        @Nullable B2Emulator emulator) implements AutoCloseable {

    /**
     * Real B2 if the environment has a key and a bucket, otherwise an emulator.
     *
     * @throws IllegalArgumentException if the environment names some of the three and not all
     */
    static Service of(Map<String, String> environment, String run) {
        String keyId = environment.getOrDefault("B2_APPLICATION_KEY_ID", "");
        String key = environment.getOrDefault("B2_APPLICATION_KEY", "");
        String bucket = environment.getOrDefault("B2_BUCKET", "");
        if (keyId.isEmpty() && key.isEmpty() && bucket.isEmpty()) {
            B2Emulator emulator = B2Emulator.start();
            return new Service(
                    emulator.url(),
                    emulator.applicationKeyId(),
                    emulator.applicationKey(),
                    "camel-b2-quickstart",
                    run,
                    emulator);
        }
        if (keyId.isEmpty() || key.isEmpty() || bucket.isEmpty()) {
            throw new IllegalArgumentException(
                    "real B2 needs B2_APPLICATION_KEY_ID, B2_APPLICATION_KEY and B2_BUCKET, an"
                            + " existing bucket; unset all three to use the emulator");
        }
        return new Service("production", keyId, key, bucket, run, null);
    }

    /** Whether this is an emulator, whose buckets nobody else has made yet. */
    boolean isEmulator() {
        return emulator != null;
    }

    /** The place of the synced tree, as a sync names it. */
    String remote() {
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
