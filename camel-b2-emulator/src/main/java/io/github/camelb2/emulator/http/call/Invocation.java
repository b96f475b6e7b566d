// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.fault.FaultPlan;
import io.github.camelb2.emulator.http.wire.Hosts;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/**
 * One JSON call by one key.
 *
 * @param account the account
 * @param key whose token came with the request
 * @param fields the request
 * @param version the API version of the path
 * @param baseUrl how the client names this server
 * @param hosts where this server listens
 * @param faults what goes wrong
 */
public record Invocation(
        Account account,
        ApplicationKey key,
        JsonFields fields,
        int version,
        String baseUrl,
        Hosts hosts,
        FaultPlan faults) {

    /** The bucket that a field names; the key must be allowed to use it. */
    public Bucket bucket(String field) {
        String id = fields.text(field);
        key.requireBucket(id);
        return account.buckets().get(id);
    }

    /** Checks the account id that some calls repeat. */
    public void requireAccount() {
        String accountId = fields.text("accountId");
        if (!accountId.equals(account.id())) {
            throw B2Error.badRequest("Invalid accountId");
        }
    }

    /** A page size: absent and 0 mean the default. */
    public int pageSize(String field, int usual, int most) {
        Long asked = fields.findNumber(field);
        if (asked == null || asked == 0) {
            return usual;
        }
        if (asked < 0 || asked > most) {
            throw B2Error.outOfRange(field, asked);
        }
        return asked.intValue();
    }

    public ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
