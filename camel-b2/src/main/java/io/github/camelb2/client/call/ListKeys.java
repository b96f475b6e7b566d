package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.KeyPage;

/**
 * Lists application keys, one page at a time.
 *
 * @param accountId the account; null for that of the login
 * @param maxKeyCount 1 to 10,000 a page; 100 when null
 * @param startApplicationKeyId where the page starts
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-keys">Backblaze: b2_list_keys</a>
 */
public record ListKeys(
        @Nullable String accountId,
        @Nullable Integer maxKeyCount,
        @Nullable String startApplicationKeyId) implements AccountCall<KeyPage> {
    public ListKeys {
        Checks.range("b2_list_keys", "maxKeyCount", maxKeyCount, 1, 10_000);
    }

    /** The first page. */
    public static ListKeys of() {
        return new ListKeys(null, null, null);
    }

    @Override
    public ListKeys withAccountId(String value) {
        return new ListKeys(value, maxKeyCount, startApplicationKeyId);
    }

    public ListKeys withMaxKeyCount(Integer value) {
        return new ListKeys(accountId, value, startApplicationKeyId);
    }

    public ListKeys withStartApplicationKeyId(String value) {
        return new ListKeys(accountId, maxKeyCount, value);
    }

    @Override
    public String name() {
        return "b2_list_keys";
    }

    @Override
    public Class<KeyPage> responseType() {
        return KeyPage.class;
    }

    @Override
    public Capability capability() {
        return Capability.LIST_KEYS;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return "";
    }
}
