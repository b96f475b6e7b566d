// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration.Destination;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration.Source;
import io.github.camelb2.client.model.bucket.ReplicationRule;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.ReplicationSetup;
import io.github.camelb2.operation.request.SetupReplicationRequest;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Has B2 replicate files of one bucket to another, of the same account or of that of another component: the keys for it, what the destination takes, and
 * the rule of the source, in this order. What is there already stays, rules and keys of others included; doing it again
 * changes nothing.
 */
public final class SetupReplicationOperation implements Operation<SetupReplicationRequest, ReplicationSetup> {
    private static final int TRIES = 5;
    private static final int FIRST_PRIORITY = 128;
    private static final int STEP = 5;
    private static final int LONGEST_NAME = 64;

    @Override
    public Class<SetupReplicationRequest> requestType() {
        return SetupReplicationRequest.class;
    }

    @Override
    public SetupReplicationRequest bind(Params params, OperationScope scope) {
        return new SetupReplicationRequest(
                params.bucketName(),
                params.require(Inputs.DESTINATION_BUCKET_NAME),
                params.find(Inputs.PREFIX).orElse(""),
                params.find(Inputs.REPLICATION_RULE_NAME).orElse(null),
                params.find(Inputs.REPLICATE_EXISTING).orElse(false),
                params.find(Inputs.DESTINATION_COMPONENT).orElse(null));
    }

    @Override
    public ReplicationSetup run(SetupReplicationRequest request, OperationScope scope) {
        String other = request.destinationComponent();
        if (other == null) {
            return run(request, scope, scope);
        }
        try (B2ClientLease lease = scope.borrowOf(other)) {
            return run(request, scope, scope.with(lease));
        }
    }

    private static ReplicationSetup run(SetupReplicationRequest request, OperationScope scope, OperationScope there) {
        for (int left = TRIES; ; left--) {
            try {
                return setUp(request, scope, there);
            } catch (B2ConflictException e) {
                // Somebody else changed one of the buckets between our reading and our writing: read it again.
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private static ReplicationSetup setUp(SetupReplicationRequest request, OperationScope scope, OperationScope there) {
        Bucket source = bucket(request.bucketName(), scope);
        Bucket destination = bucket(request.destinationBucketName(), there);
        Optional<Source> before = configuration(source).map(ReplicationConfiguration::asReplicationSource);
        configuration(destination);
        String sourceKey = new ReplicationKeys(scope)
                .reading(source, before.map(Source::sourceApplicationKeyId).orElse(null));
        Map<String, String> mapping = new HashMap<>(configuration(destination)
                .map(ReplicationConfiguration::asReplicationDestination)
                .map(Destination::sourceToDestinationKeyMapping)
                .orElse(Map.of()));
        String destinationKey = new ReplicationKeys(there).writing(destination, mapping.get(sourceKey));
        boolean isChanged = !destinationKey.equals(mapping.put(sourceKey, destinationKey));
        if (isChanged) {
            update(
                    destination,
                    new ReplicationConfiguration(
                            configuration(destination)
                                    .map(ReplicationConfiguration::asReplicationSource)
                                    .orElse(null),
                            new Destination(mapping)),
                    there);
        }
        List<ReplicationRule> rules = before.map(Source::replicationRules).orElse(List.of());
        ReplicationRule rule = rule(request, destination, rules);
        boolean isNewKey = before.filter(it -> it.sourceApplicationKeyId().equals(sourceKey))
                .isEmpty();
        if (isNewKey || !rules.contains(rule)) {
            List<ReplicationRule> after = new ArrayList<>(rules);
            after.removeIf(it -> it.replicationRuleName().equals(rule.replicationRuleName()));
            after.add(rule);
            update(
                    source,
                    new ReplicationConfiguration(
                            new Source(after, sourceKey),
                            configuration(source)
                                    .map(ReplicationConfiguration::asReplicationDestination)
                                    .orElse(null)),
                    scope);
            isChanged = true;
        }
        return new ReplicationSetup(rule, sourceKey, destinationKey, isChanged);
    }

    private static Bucket bucket(String name, OperationScope scope) {
        return scope.client().getBucket(name, scope.settings());
    }

    /** The rule that there is for the same names and destination, in force; else a new one. */
    private static ReplicationRule rule(
            SetupReplicationRequest request, Bucket destination, List<ReplicationRule> rules) {
        String wanted = request.ruleName();
        for (ReplicationRule rule : rules) {
            boolean isSame = rule.destinationBucketId().equals(destination.bucketId())
                    && rule.fileNamePrefix().equals(request.prefix());
            if (wanted == null ? isSame : rule.replicationRuleName().equals(wanted)) {
                if (!isSame) {
                    throw new IllegalArgumentException("setupReplication: the rule " + wanted
                            + " of the bucket is for names that begin with \"" + rule.fileNamePrefix()
                            + "\" and bucket id " + rule.destinationBucketId()
                            + ", and nothing was changed; write another name in CamelB2ReplicationRuleName");
                }
                return new ReplicationRule(
                        rule.replicationRuleName(),
                        rule.destinationBucketId(),
                        rule.fileNamePrefix(),
                        rule.includeExistingFiles() || request.includeExistingFiles(),
                        true,
                        rule.priority());
            }
        }
        int highest = rules.stream().mapToInt(ReplicationRule::priority).max().orElse(FIRST_PRIORITY - STEP);
        return new ReplicationRule(
                wanted == null ? freeName(destination.bucketName(), rules) : wanted,
                destination.bucketId(),
                request.prefix(),
                request.includeExistingFiles(),
                true,
                highest + STEP);
    }

    private static String freeName(String bucketName, List<ReplicationRule> rules) {
        Set<String> taken =
                rules.stream().map(ReplicationRule::replicationRuleName).collect(Collectors.toSet());
        String name = bucketName;
        for (int number = 2; taken.contains(name); number++) {
            String ending = String.valueOf(number);
            name = bucketName.substring(0, Math.min(bucketName.length(), LONGEST_NAME - ending.length())) + ending;
        }
        return name;
    }

    private static void update(Bucket bucket, ReplicationConfiguration configuration, OperationScope scope) {
        scope.call(UpdateBucket.of(bucket.bucketId())
                .withReplicationConfiguration(configuration)
                .withIfRevisionIs(bucket.revision()));
    }

    /** @throws B2UnauthorizedException if the key may not read it: what is there would be lost unseen */
    private static Optional<ReplicationConfiguration> configuration(Bucket bucket) {
        Guarded<ReplicationConfiguration> guarded = bucket.replicationConfiguration();
        if (guarded == null || !guarded.isClientAuthorizedToRead()) {
            throw new B2UnauthorizedException(new ErrorDetails(
                    "setupReplication",
                    "bucket " + bucket.bucketName(),
                    401,
                    "unauthorized",
                    "the key may not read how the bucket takes part in replication, and nothing was changed",
                    "the key must have the capability readBucketReplications, beside writeBucketReplications,"
                            + " writeBuckets, listKeys and writeKeys",
                    null));
        }
        return guarded.find();
    }
}
