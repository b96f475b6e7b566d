// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a B2 service is and the key to it.
 *
 * @param trustStore the file that has the certificate of a service of this machine, with the password of every emulator; empty without TLS
 */
public record Account(String url, String applicationKeyId, String applicationKey, String trustStore) {

    private static final String URL = "BENCHMARK_B2_URL";
    private static final String KEY_ID = "B2_APPLICATION_KEY_ID";
    private static final String KEY = "B2_APPLICATION_KEY";

    /** Read by every JVM when it starts, where the two properties of a trust store can be said to any program. */
    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "changeit";

    /** The account that this process was started with. */
    public static Account ofThisProcess() {
        return new Account(variable(URL), variable(KEY_ID), variable(KEY), "");
    }

    /** The environment that hands this account to a process. */
    public Map<String, String> environment() {
        Map<String, String> environment =
                new HashMap<>(Map.of(URL, url, KEY_ID, applicationKeyId, KEY, applicationKey));
        if (!trustStore.isEmpty()) {
            environment.put(
                    JVM_OPTIONS,
                    "-D%s=%s -D%sPassword=%s".formatted(TRUST_STORE, trustStore, TRUST_STORE, TRUST_STORE_PASSWORD));
        }
        return environment;
    }

    /** Lets clients in this JVM that are made from now on trust the service: b2-sdk-java has no setting of its own for it. */
    public void trust() {
        if (!trustStore.isEmpty()) {
            System.setProperty(TRUST_STORE, trustStore);
            System.setProperty(TRUST_STORE + "Password", TRUST_STORE_PASSWORD);
        }
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
