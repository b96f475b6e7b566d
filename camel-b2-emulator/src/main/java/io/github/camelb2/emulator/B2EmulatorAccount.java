// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

/**
 * What a client needs to log in to an emulator, as a parameter of a test method.
 *
 * @param url the realm: {@code http://127.0.0.1:PORT}, without a trailing slash
 * @param applicationKeyId the id of the master key
 * @param applicationKey the master key
 * @param accountId the account
 */
public record B2EmulatorAccount(String url, String applicationKeyId, String applicationKey, String accountId) {

    static B2EmulatorAccount of(B2Emulator emulator) {
        return new B2EmulatorAccount(
                emulator.url(), emulator.applicationKeyId(), emulator.applicationKey(), emulator.accountId());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "B2EmulatorAccount[" + url + ", " + applicationKeyId + "]";
    }
}
