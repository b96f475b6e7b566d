package io.github.camelb2.client.call;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.ApplicationKey;
import io.github.camelb2.client.model.Copies;
import io.github.camelb2.client.model.FileNames;

/**
 * Makes an application key; the answer is the only one that ever holds its secret.
 *
 * <p>When an answer is lost, B2 may keep a key whose secret nobody knows beside the one that a repetition makes.
 *
 * @param accountId the account; null for that of the login
 * @param capabilities its rights; none that the key of the login lacks
 * @param keyName 1 to 100 letters, digits and {@code -}
 * @param validDurationInSeconds 1 to 86,400,000; null for ever
 * @param bucketIds the buckets that it is restricted to; null for all
 * @param namePrefix what names must begin with; needs bucketIds
 * @see <a href="https://www.backblaze.com/apidocs/b2-create-key">Backblaze: b2_create_key</a>
 */
public record CreateKey(
        @Nullable String accountId,
        List<Capability> capabilities,
        String keyName,
        @Nullable Long validDurationInSeconds,
        @Nullable List<String> bucketIds,
        @Nullable String namePrefix)
        implements AccountCall<ApplicationKey> {
    public CreateKey {
        capabilities = Copies.list(capabilities);
        Checks.given("b2_create_key", "keyName", keyName);
        bucketIds = Copies.optionalList(bucketIds);
        Checks.range("b2_create_key", "validDurationInSeconds", validDurationInSeconds, 1, 86_400_000);
        Checks.keyName(keyName);
        Checks.notEmpty("b2_create_key", "capabilities", capabilities);
        Checks.prefixNeedsBucket(namePrefix, bucketIds);
    }

    /** With the members that B2 requires. */
    public static CreateKey of(List<Capability> capabilities, String keyName) {
        return new CreateKey(null, capabilities, keyName, null, null, null);
    }

    @Override
    public CreateKey withAccountId(String value) {
        return new CreateKey(value, capabilities, keyName, validDurationInSeconds, bucketIds, namePrefix);
    }

    public CreateKey withValidDurationInSeconds(Long value) {
        return new CreateKey(accountId, capabilities, keyName, value, bucketIds, namePrefix);
    }

    public CreateKey withBucketIds(List<String> value) {
        return new CreateKey(accountId, capabilities, keyName, validDurationInSeconds, value, namePrefix);
    }

    public CreateKey withNamePrefix(String value) {
        return new CreateKey(accountId, capabilities, keyName, validDurationInSeconds, bucketIds, value);
    }

    @Override
    public String name() {
        return "b2_create_key";
    }

    @Override
    public Class<ApplicationKey> responseType() {
        return ApplicationKey.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_KEYS;
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
        return FileNames.quote(keyName);
    }
}
