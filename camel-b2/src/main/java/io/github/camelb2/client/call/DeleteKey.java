package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.ApplicationKey;

/**
 * Deletes an application key, and answers what it was.
 *
 * @param applicationKeyId the key id
 * @see <a href="https://www.backblaze.com/apidocs/b2-delete-key">Backblaze: b2_delete_key</a>
 */
public record DeleteKey(String applicationKeyId) implements Recoverable<ApplicationKey> {
    public DeleteKey {
        Checks.given("b2_delete_key", "applicationKeyId", applicationKeyId);
    }

    /** With the members that B2 requires. */
    public static DeleteKey of(String applicationKeyId) {
        return new DeleteKey(applicationKeyId);
    }

    @Override
    public String name() {
        return "b2_delete_key";
    }

    @Override
    public Class<ApplicationKey> responseType() {
        return ApplicationKey.class;
    }

    @Override
    public Capability capability() {
        return Capability.DELETE_KEYS;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return applicationKeyId;
    }

    /** A key that is unknown after a lost answer was deleted by us; nothing but its id is known then. */
    @Override
    public Optional<ApplicationKey> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        boolean gone = failure.status() == 400 || failure.status() == 404;
        return gone ? Optional.of(ApplicationKey.deleted(applicationKeyId)) : Optional.empty();
    }
}
