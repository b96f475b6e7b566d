// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.key.KeyPage;

/** The calls about application keys. */
public interface KeyCalls {
    /**
     * Lists application keys, one page at a time.
     *
     * @param accountId the account; null for that of the login
     * @param maxKeyCount 1 to 10,000 a page; 100 when null
     * @param startApplicationKeyId where the page starts
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-keys">Backblaze: b2_list_keys</a>
     */
    record ListKeys(
            @Nullable String accountId,
            @Nullable Integer maxKeyCount,
            @Nullable String startApplicationKeyId) implements AccountCall<KeyPage> {
        private static final Kind<KeyPage> KIND =
                new Kind<>("b2_list_keys", KeyPage.class, Capability.LIST_KEYS, TransactionClass.C);

        public ListKeys {
            Checks.range("b2_list_keys", "maxKeyCount", maxKeyCount, 1, 10_000);
        }

        /** The first page. */
        public static ListKeys of() {
            return new ListKeys(null, null, null);
        }

        @Override
        public ListKeys withAccountId(String value) {
            return Members.with(this, "accountId", value);
        }

        public ListKeys withMaxKeyCount(Integer value) {
            return Members.with(this, "maxKeyCount", value);
        }

        public ListKeys withStartApplicationKeyId(String value) {
            return Members.with(this, "startApplicationKeyId", value);
        }

        @Override
        public Kind<KeyPage> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "";
        }
    }

    /**
     * Makes an application key; the answer is the only one that ever holds its secret.
     *
     * <p>When an answer is lost, B2 may keep a key whose secret nobody knows: it is deleted if it is certainly that one, by
     * two listings of the keys; else the error names the keys of that name.
     *
     * @param accountId the account; null for that of the login
     * @param capabilities its rights; none that the key of the login lacks
     * @param keyName 1 to 100 letters, digits and {@code -}
     * @param validDurationInSeconds 1 to 86,400,000; null for ever
     * @param bucketIds the buckets that it is restricted to; null for all
     * @param namePrefix what names must begin with; needs bucketIds
     * @see <a href="https://www.backblaze.com/apidocs/b2-create-key">Backblaze: b2_create_key</a>
     */
    record CreateKey(
            @Nullable String accountId,
            List<Capability> capabilities,
            String keyName,
            @Nullable Long validDurationInSeconds,
            @Nullable List<String> bucketIds,
            @Nullable String namePrefix)
            implements AccountCall<ApplicationKey>, Recoverable<ApplicationKey> {
        private static final Kind<ApplicationKey> KIND =
                new Kind<>("b2_create_key", ApplicationKey.class, Capability.WRITE_KEYS, TransactionClass.C);

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
            return Members.with(this, "accountId", value);
        }

        public CreateKey withValidDurationInSeconds(Long value) {
            return Members.with(this, "validDurationInSeconds", value);
        }

        public CreateKey withBucketIds(List<String> value) {
            return Members.with(this, "bucketIds", value);
        }

        public CreateKey withNamePrefix(String value) {
            return Members.with(this, "namePrefix", value);
        }

        @Override
        public Kind<ApplicationKey> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return FileNames.quote(keyName);
        }
    }

    /**
     * Deletes an application key, and answers what it was.
     *
     * @param applicationKeyId the key id
     * @see <a href="https://www.backblaze.com/apidocs/b2-delete-key">Backblaze: b2_delete_key</a>
     */
    record DeleteKey(String applicationKeyId) implements Recoverable<ApplicationKey> {
        private static final Kind<ApplicationKey> KIND =
                new Kind<>("b2_delete_key", ApplicationKey.class, Capability.DELETE_KEYS, TransactionClass.A);

        public DeleteKey {
            Checks.given("b2_delete_key", "applicationKeyId", applicationKeyId);
        }

        /** With the members that B2 requires. */
        public static DeleteKey of(String applicationKeyId) {
            return new DeleteKey(applicationKeyId);
        }

        @Override
        public Kind<ApplicationKey> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return applicationKeyId;
        }
    }
}
