// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.util.Map;

/** Where a B2 service is and the key to it. */
public record Account(String url, String applicationKeyId, String applicationKey) {

    private static final String URL = "BENCHMARK_B2_URL";
    private static final String KEY_ID = "B2_APPLICATION_KEY_ID";
    private static final String KEY = "B2_APPLICATION_KEY";

    /** The account that this process was started with. */
    public static Account ofThisProcess() {
        return new Account(variable(URL), variable(KEY_ID), variable(KEY));
    }

    /** The environment that hands this account to a process. */
    public Map<String, String> environment() {
        return Map.of(URL, url, KEY_ID, applicationKeyId, KEY, applicationKey);
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("The environment variable " + name + " is not set");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Account[" + url + ", key " + applicationKeyId + "]";
    }
}
