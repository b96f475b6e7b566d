package io.github.camelb2.operation;

import java.util.List;

import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.model.NotificationRule;

/** Replaces all rules about where B2 sends the events of a bucket; the message body is the list of them. */
final class SetBucketNotificationRulesOperation
        implements Operation<SetBucketNotificationRules, List<NotificationRule>> {
    @Override
    public Class<SetBucketNotificationRules> requestType() {
        return SetBucketNotificationRules.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public SetBucketNotificationRules bind(Params params, OperationScope scope) {
        return SetBucketNotificationRules.of(
                params.bucketId(), params.bodyList(NotificationRule.class, "an empty list deletes all rules"));
    }

    @Override
    public List<NotificationRule> run(SetBucketNotificationRules request, OperationScope scope) {
        return scope.call(request).eventNotificationRules();
    }
}
