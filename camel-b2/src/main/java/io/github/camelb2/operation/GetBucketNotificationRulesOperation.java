package io.github.camelb2.operation;

import java.util.List;

import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.model.NotificationRule;

/** Answers where B2 sends the events of a bucket. */
final class GetBucketNotificationRulesOperation
        implements Operation<GetBucketNotificationRules, List<NotificationRule>> {
    @Override
    public Class<GetBucketNotificationRules> requestType() {
        return GetBucketNotificationRules.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public GetBucketNotificationRules bind(Params params, OperationScope scope) {
        return GetBucketNotificationRules.of(params.bucketId());
    }

    @Override
    public List<NotificationRule> run(GetBucketNotificationRules request, OperationScope scope) {
        return scope.call(request).eventNotificationRules();
    }
}
