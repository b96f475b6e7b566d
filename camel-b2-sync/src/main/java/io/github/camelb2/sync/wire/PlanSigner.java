// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * Signs path plans and checks signatures: HMAC-SHA256 over the plan's own JSON, whatever the JSON that it came with looked
 * like. Thread-safe; the key is never shown.
 */
public final class PlanSigner {
    /** Shorter keys can be guessed. */
    public static final int MIN_KEY_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final char SEPARATOR = ':';

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

    /** The plan with a signature that holds wherever the key is known. */
    public PathPlan sign(PathPlan plan) {
        return plan.withSignature(signature(plan.withSignature("")));
    }

    /** The plan with a signature that holds only where plans of that scope are carried out: places and filters. */
    public PathPlan sign(PathPlan plan, String scope) {
        String digest = digest(scope);
        return plan.withSignature(digest + SEPARATOR + signature(plan.withSignature(digest)));
    }

    /**
     * Checks that a plan was made by somebody who knows the key, and not for another scope.
     *
     * @throws IllegalArgumentException if it was not
     */
    public void check(PathPlan plan, String scope) {
        int end = plan.signature().indexOf(SEPARATOR);
        String signedScope = end < 0 ? "" : plan.signature().substring(0, end);
        byte[] right = signature(plan.withSignature(signedScope)).getBytes(StandardCharsets.US_ASCII);
        byte[] given = plan.signature().substring(end + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(right, given)) {
            throw new IllegalArgumentException("the path plan is not signed with the key of this endpoint, so it is not"
                    + " carried out: set the option planKey to one value for all who make plans and carry them out");
        }
        if (end >= 0 && !signedScope.equals(digest(scope))) {
            throw new IllegalArgumentException("the path plan was made for another source, another destination or other"
                    + " filters than the options of this endpoint say, so it is not carried out: give the endpoint that"
                    + " makes plans and the one that carries them out the same");
        }
    }

    /** What a text signs together with all that was signed before it; the first one comes behind an empty text. */
    public String chain(String before, String text) {
        return mac("plan file\n" + before + "\n" + text);
    }

    /** Signs a text of a kind; of another kind it has another signature. */
    public String sign(String kind, String text) {
        return mac(kind + "\n" + text);
    }

    /** Whether two signatures are one, whatever time that takes to find out. */
    public static boolean isSame(String right, String given) {
        return MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature of a text. */
    String sign(String text) {
        return mac(text);
    }

    /** Whether a signature was made of that text by somebody who knows the key. */
    boolean isOf(String signature, String text) {
        return isSame(mac(text), signature);
    }

    /** A name for a run that only those who know the key can tell. */
    public String token(String runId) {
        return mac("token of run " + runId);
    }

    /** Of whatever a plan is made for, 32 digits: tells texts apart without showing them. */
    public static String digest(String scope) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(scope.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String signature(PathPlan plan) {
        return mac(PathPlanJson.write(plan));
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
