// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.cost.CostModel;

/** Reads what the option {@code prices} names. */
public final class Prices {
    private Prices() {}

    /** @throws IllegalArgumentException if they cannot be read; the message names the option */
    public static CostModel of(@Nullable String resource, CamelContext context) {
        if (resource == null) {
            return CostModel.PUBLISHED;
        }
        try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
            return CostModel.read(new InputStreamReader(text, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Option prices=" + resource + " cannot be: " + e.getMessage()
                            + "; write a file or resource of properties, as file:prices.properties",
                    e);
        }
    }
}
