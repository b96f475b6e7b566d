// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.scan.ConsumedNames;
import io.github.camelb2.poll.scan.Refused;

/**
 * Where a consumed file is moved to: the arithmetic of its new name. Pure and immutable.
 *
 * @param bucket the name of the bucket
 * @param prefix put before the name
 * @param suffix put behind it
 * @param consumes whether the consumer would consume a name of its bucket again
 * @param stripped taken off the beginning of the name first, where it begins so
 */
record Destination(String bucket, String prefix, String suffix, String stripped, Predicate<String> consumes) {
    /**
     * Where {@code moveAfterRead} moves to.
     *
     * @throws IllegalArgumentException if moved files would be consumed again
     */
    static Destination afterRead(B2Configuration options) {
        String prefix = orEmpty(options.getPrefix());
        Destination destination = new Destination(
                options.getDestinationBucket() == null ? options.getBucketName() : options.getDestinationBucket(),
                orEmpty(options.getDestinationBucketPrefix()),
                orEmpty(options.getDestinationBucketSuffix()),
                options.isRemovePrefixOnMove() ? prefix : "",
                name -> !isElsewhere(options) && ConsumedNames.contain(name, options));
        if (destination.isConsumedBy(options)) {
            throw Refused.option(
                    "destinationBucketPrefix",
                    destination.prefix,
                    "moved files would be consumed again, because they may begin with prefix=" + prefix + " of bucket "
                            + options.getBucketName() + "; set destinationBucket to another bucket, or"
                            + " destinationBucketPrefix to a prefix outside of it");
        }
        return destination;
    }

    /**
     * Where {@code moveFailed} moves to.
     *
     * @throws IllegalArgumentException if moved files would be consumed again
     */
    static Destination afterFailure(B2Configuration options, String moveFailed) {
        Destination destination = new Destination(
                options.getBucketName(), moveFailed, "", "", name -> ConsumedNames.contain(name, options));
        if (destination.isConsumedBy(options)) {
            throw Refused.option(
                    "moveFailed",
                    moveFailed,
                    "failed files would be consumed again, because their new names may begin with prefix="
                            + orEmpty(options.getPrefix()) + "; write a prefix outside of it, and set the option"
                            + " prefix if it is missing");
        }
        return destination;
    }

    /**
     * The name of the version at its destination. A prefix with an expression of the file's name in it, as
     * <code>archive/${file:name}</code>, is the whole of it but for the suffix.
     *
     * @throws IllegalStateException if the name that expressions give would be consumed again
     */
    String nameFor(FileVersion version, NameExpressions names) {
        if (!hasExpression()) {
            return nameFor(version.fileName());
        }
        String first = names.evaluate(prefix, version);
        String last = names.evaluate(suffix, version);
        String name = prefix.contains("${file:")
                ? first + last
                : new Destination(bucket, first, last, stripped, consumes).nameFor(version.fileName());
        if (consumes.test(name)) {
            throw new IllegalStateException("The file would be consumed again as " + name + " of bucket " + bucket
                    + ": write an expression that gives names outside of what the route consumes");
        }
        return name;
    }

    private boolean hasExpression() {
        return prefix.contains("${") || suffix.contains("${");
    }

    /** The name of the file at its destination. */
    String nameFor(String fileName) {
        return prefix + (fileName.startsWith(stripped) ? fileName.substring(stripped.length()) : fileName) + suffix;
    }

    private boolean isConsumedBy(B2Configuration options) {
        if (!bucket.equals(options.getBucketName())) {
            return false;
        }
        String only = options.getFileName();
        if (only != null && !only.contains("${")) {
            return nameFor(only).equals(only);
        }
        String consumed = orEmpty(options.getPrefix());
        if (hasExpression()) {
            // What an expression gives is known with the file; what stands before it is known now.
            String head = prefix.contains("${") ? prefix.substring(0, prefix.indexOf("${")) : prefix;
            return head.startsWith(consumed) && ConsumedNames.isListed(head, consumed, options);
        }
        if (!stripped.isEmpty()) {
            // What is left of a name after the prefix was taken off can be anything.
            return prefix.startsWith(consumed)
                    ? ConsumedNames.isListed(prefix, consumed, options)
                    : consumed.startsWith(prefix);
        }
        String head = prefix + consumed;
        return head.startsWith(consumed) && ConsumedNames.isListed(head, consumed, options);
    }

    private static boolean isElsewhere(B2Configuration options) {
        String to = options.getDestinationBucket();
        return to != null && !to.equals(options.getBucketName());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
