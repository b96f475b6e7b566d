// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.github.camelb2.emulator.tls.JvmTrust;

/**
 * One emulator for a test class. Before each test its faults are cleared, its caps and counts are reset, and a new bucket name is chosen, so that tests
 * share nothing.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final B2EmulatorExtension B2 = new B2EmulatorExtension();
 *
 * &#64;Test
 * void uploads() {
 *     String bucketId = B2.emulator().state().createBucket(B2.bucketName());
 *     …
 * }
 * </pre>
 *
 * An emulator that speaks TLS ({@code builder -> builder.tls()}) is trusted by this JVM as long as the class runs: by clients that are made
 * meanwhile and are not told whom to trust.
 *
 * <p>It must be registered on a static field or with {@code @ExtendWith}. Test methods can also take the {@link B2Emulator}, a
 * {@link B2EmulatorAccount}, or its URL ({@link B2EmulatorUrl}) as parameters.
 */
public final class B2EmulatorExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, ParameterResolver {

    /** A bucket for each of many tests is more than a real account has room for. */
    private static final int MAX_BUCKETS = 100_000;

    private static final AtomicLong BUCKETS = new AtomicLong();

    private final UnaryOperator<B2Emulator.Builder> settings;
    private @Nullable B2Emulator emulator;
    private @Nullable JvmTrust trust;
    private int users;
    private String bucketName = "";

    public B2EmulatorExtension() {
        this(UnaryOperator.identity());
    }

    /** With other settings than the defaults, for instance {@code builder -> builder.minPartSize(100)}. */
    public B2EmulatorExtension(UnaryOperator<B2Emulator.Builder> settings) {
        this.settings = settings;
    }

    /** The running emulator. */
    public B2Emulator emulator() {
        return Objects.requireNonNull(
                emulator, "the extension is registered on a static field and the test class has begun");
    }

    /** A bucket name that no other test has, the same during one test; the bucket does not exist yet. */
    public String bucketName() {
        return bucketName;
    }

    /** Another unused bucket name, which contains {@code hint}. */
    public String bucketName(String hint) {
        return "test-" + hint.toLowerCase(Locale.ROOT) + "-" + BUCKETS.incrementAndGet();
    }

    /** Makes the bucket of this test, private, and returns its name. */
    public String createBucket() {
        emulator().state().createBucket(bucketName);
        return bucketName;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Nested test classes share the emulator of the class around them.
        if (users++ == 0) {
            emulator =
                    settings.apply(B2Emulator.builder().maxBuckets(MAX_BUCKETS)).start();
            trust = emulator.tls().map(JvmTrust::in).orElse(null);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        B2Emulator running = emulator();
        running.faults().clear();
        running.resetCaps();
        running.resetRequests();
        bucketName = bucketName("bucket");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        B2Emulator running = emulator;
        if (--users == 0 && running != null) {
            emulator = null;
            if (trust != null) {
                trust.close();
            }
            running.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (!parameter.isAnnotated(B2EmulatorUrl.class)) {
            return type == B2Emulator.class || type == B2EmulatorAccount.class;
        }
        if (type != String.class && type != URI.class) {
            throw new ParameterResolutionException(
                    "@B2EmulatorUrl stands on a String or a URI, not on " + type.getName());
        }
        return true;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == B2EmulatorAccount.class) {
            return B2EmulatorAccount.of(emulator());
        }
        if (type == String.class) {
            return emulator().url();
        }
        return type == URI.class ? URI.create(emulator().url()) : emulator();
    }
}
