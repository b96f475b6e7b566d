package io.github.camelb2.sync.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.camelb2.sync.plan.PathPlan;

/**
 * Signs path plans and checks signatures: HMAC-SHA256 over the plan's own JSON, whatever the JSON that it came with looked
 * like. Thread-safe; the key is never shown.
 */
public final class PlanSigner {
    /** Shorter keys can be guessed. */
    public static final int MIN_KEY_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key at least {@link #MIN_KEY_LENGTH} bytes */
    public PlanSigner(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A key as a user writes it. */
    public static PlanSigner of(String planKey) {
        byte[] bytes = planKey.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_KEY_LENGTH) {
            throw new IllegalArgumentException("Option planKey is too short: it needs " + MIN_KEY_LENGTH
                    + " characters or more, the same for everybody who makes and carries out plans");
        }
        return new PlanSigner(bytes);
    }

    /** The plan with its signature. */
    public PathPlan sign(PathPlan plan) {
        return plan.withSignature(signature(plan));
    }

    /**
     * Checks that a plan was made by somebody who knows the key.
     *
     * @throws IllegalArgumentException if it was not
     */
    public void check(PathPlan plan) {
        byte[] right = signature(plan).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(right, plan.signature().getBytes(StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("the path plan is not signed with the key of this endpoint, so it is not"
                    + " carried out: set the option planKey to one value for all who make plans and carry them out");
        }
    }

    private String signature(PathPlan plan) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] text = PathPlanJson.write(plan.withSignature("")).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
