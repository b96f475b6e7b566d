package io.github.camelb2.operation;

import java.time.Duration;
import java.util.List;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.ApplicationKey;

/** Makes an application key, for the bucket of the message or for all buckets; its secret is told only now. */
final class CreateKeyOperation implements CallOperation<CreateKey, ApplicationKey> {
    @Override
    public Class<CreateKey> requestType() {
        return CreateKey.class;
    }

    @Override
    public CreateKey bind(Params params, OperationScope scope) {
        List<Capability> capabilities = params
                .findTexts(Inputs.KEY_CAPABILITIES)
                .orElseThrow(() -> params.missing(Inputs.KEY_CAPABILITIES.what(), Inputs.KEY_CAPABILITIES.whereToSet()))
                .stream()
                .map(Capability::new)
                .toList();
        return new CreateKey(
                null,
                capabilities,
                params.require(Inputs.KEY_NAME),
                params.find(Inputs.KEY_VALID_DURATION).map(Duration::toSeconds).orElse(null),
                params.findBucketName()
                        .map(name -> List.of(scope.client().bucketId(name, scope.settings())))
                        .orElse(null),
                params.find(Inputs.KEY_PREFIX).orElse(null));
    }

    @Override
    public void reply(ApplicationKey result, Reply reply) {
        describe(result, reply);
    }

    /** The key becomes the body, and is described in headers, its secret aside. */
    static void describe(ApplicationKey key, Reply reply) {
        reply.header(B2Constants.KEY_ID, key.applicationKeyId());
        reply.header(B2Constants.KEY_NAME, key.keyName());
        reply.header(
                B2Constants.KEY_CAPABILITIES,
                key.capabilities().stream().map(Capability::name).toList());
        reply.body(key);
    }
}
