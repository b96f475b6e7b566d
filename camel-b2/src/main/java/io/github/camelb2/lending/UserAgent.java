// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;

/** What the service sees as {@code User-Agent}: this component and Camel, each with its version. */
final class UserAgent {
    /** Camel's description of the component, which is in every packaging of it, also where manifests are merged. */
    private static final String METADATA = "/META-INF/io/github/camelb2/b2.json";

    private static final Pattern VERSION = Pattern.compile("\"version\": *\"([^\"]+)\"");

    private static final String OURS = version();

    private UserAgent() {}

    static String of(CamelContext context) {
        return "camel-b2/" + OURS + " Camel/" + context.getVersion();
    }

    private static String version() {
        try (InputStream metadata = UserAgent.class.getResourceAsStream(METADATA)) {
            if (metadata != null) {
                Matcher found = VERSION.matcher(new String(metadata.readAllBytes(), StandardCharsets.UTF_8));
                if (found.find()) {
                    return found.group(1);
                }
            }
        } catch (IOException e) {
            // Not worth more: the service only counts it.
            return "unknown";
        }
        return "unknown";
    }
}
