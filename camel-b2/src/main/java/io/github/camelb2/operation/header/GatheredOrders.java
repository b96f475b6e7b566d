// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;

/**
 * What a message may order that shares its file with others: only what its endpoint says anyway. Orders for one step are
 * taken off it as every step takes them.
 */
public final class GatheredOrders {
    /** How a file is kept: whoever says so must not believe that it is. */
    private static final List<Param<?>> KEEPING =
            List.of(Inputs.ENCRYPTION, Inputs.RETENTION_MODE, Inputs.RETAIN_UNTIL, Inputs.LEGAL_HOLD);

    private GatheredOrders() {}

    /**
     * Takes the orders for one step off the message.
     *
     * @throws IllegalArgumentException if one of its orders cannot be obeyed, taken off or not; the message names it
     */
    public static void take(Exchange exchange, B2Configuration options) {
        Map<String, Object> orders = OneShots.take(exchange, Reads.oneShots(B2Operations.uploadFile));
        refuseUnless(
                B2Operations.uploadFile.name().equalsIgnoreCase(text(orders.get(B2Constants.OPERATION))),
                B2Constants.OPERATION,
                orders.get(B2Constants.OPERATION),
                "only messages for files are gathered; send this one to another endpoint");
        refuseUnless(
                options.getBucketName().equals(text(orders.get(B2Constants.OVERRIDE_BUCKET_NAME))),
                B2Constants.OVERRIDE_BUCKET_NAME,
                orders.get(B2Constants.OVERRIDE_BUCKET_NAME),
                "the files go to " + options.getBucketName() + "; send this message to another endpoint");
        refuseUnless(
                false,
                B2Constants.OVERRIDE_FILE_NAME,
                orders.get(B2Constants.OVERRIDE_FILE_NAME),
                "the option fileName names the files; take partitionBy and an expression in fileName for different ones");
        refuseUnless(
                options.isGiven("customerKey"),
                B2Constants.CUSTOMER_KEY,
                orders.containsKey(B2Constants.CUSTOMER_KEY) ? "(not shown)" : null,
                "many messages share a file; set the option customerKey");
        for (Param<?> keeping : KEEPING) {
            Object value = exchange.getMessage().getHeader(keeping.header());
            refuseUnless(
                    isSaidBy(options, keeping, value),
                    keeping.header(),
                    value,
                    keeping.option() == null
                            ? "many messages share a file; remove it, and give the bucket a default retention or hold the"
                                    + " files that are stored"
                            : "many messages share a file; remove it, and set the option " + keeping.option());
        }
    }

    private static boolean isSaidBy(B2Configuration options, Param<?> param, @Nullable Object value) {
        return param.option() != null
                && param.fallback() != null
                && (options.isGiven(param.option())
                        || text(param.fallback().apply(options)).equals(text(value)));
    }

    private static String text(@Nullable Object value) {
        return HeaderText.of(value);
    }

    /** An empty header says nothing. */
    private static void refuseUnless(boolean isSame, String header, @Nullable Object value, String advice) {
        if (!isSame && !text(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "Header " + header + "=" + text(value) + " cannot be with streamingUploadMode=true: " + advice);
        }
    }
}
