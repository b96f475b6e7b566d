// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import io.github.camelb2.client.api.ErrorDetails;

/** What to try, for the errors of B2 whose own message does not say it. */
final class ErrorAdvice {
    private static final String WRONG_KEY = "check the application key id and the application key";

    private static final String NO_SERVICE = "check the realm: what answers there is no B2 service";

    private ErrorAdvice() {}

    static String advise(CallContext context, ErrorDetails details) {
        String byCode = byCode(context, details);
        return byCode.isEmpty() ? byStatus(context, details) : byCode;
    }

    private static String byCode(CallContext context, ErrorDetails details) {
        return switch (details.code()) {
            case "cap_exceeded", "storage_cap_exceeded" ->
                "raise the storage cap in the Backblaze account (Caps & Alerts)";
            case "transaction_cap_exceeded" ->
                "raise the daily transaction cap in the Backblaze account (Caps & Alerts)";
            case "download_cap_exceeded" -> "raise the daily download cap in the Backblaze account (Caps & Alerts)";
            case "duplicate_bucket_name" -> "bucket names are unique across all of B2: choose another one";
            case "too_many_buckets" -> "delete a bucket, or ask Backblaze for a higher limit";
            case "bad_bucket_id", "invalid_bucket_id", "no_such_bucket" ->
                "the bucket does not exist (any more): check its name";
            case "no_such_file", "file_not_present", "not_found" ->
                isLogin(context) ? NO_SERVICE : "check the file name and the file id";
            case "already_hidden" -> "it is as it should be: nothing is left to do";
            case "cannot_delete_non_empty_bucket" ->
                "delete all file versions, hide markers and unfinished large files in it first";
            case "access_denied" -> accessDenied(context);
            case "unsupported" -> "the key needs version 4 of the B2 API";
            case "expired_auth_token", "bad_auth_token", "missing_auth_token" -> refusedToken(context);
            case "metadata_exceeded" ->
                "B2 takes 2,048 bytes of name and file information where the file is encrypted or its bucket has object"
                        + " lock, 7,000 elsewhere: store less information with the file";
            case "source_too_large" -> "copy it by parts";
            case "out_of_range" -> "ask for fewer entries a page";
            case "conflict" -> "read it again, and send its revision as ifRevisionIs";
            default -> "";
        };
    }

    private static String accessDenied(CallContext context) {
        if (context.phase() == Phase.DOWNLOAD || context.call().startsWith("b2_copy")) {
            return "check the customer key of the encryption, and that the key may read the file";
        }
        String locked =
                "the file is locked by retention or legal hold: wait until it ends, or bypass governance with a key"
                        + " that has bypassGovernance";
        // The one call that answers a missing right like a lock.
        return context.call().equals("b2_update_file_retention")
                ? "the key must have the capability " + context.capability() + ", or " + locked
                : locked;
    }

    private static String byStatus(CallContext context, ErrorDetails details) {
        return switch (details.status()) {
            case 301, 302, 303, 307, 308 ->
                "the address leads to another one, which is not followed with a key or a token: write that one as"
                        + " realm or downloadUrl";
            case 400 -> badRequest(context, details);
            case 401 -> unauthorized(context);
            case 403 -> "a cap of the account, the customer key of the file or its lock may be why";
            case 404 -> isLogin(context) ? NO_SERVICE : "";
            case 416 -> "the range starts behind the end of the file";
            default -> "";
        };
    }

    private static String badRequest(CallContext context, ErrorDetails details) {
        String message = details.message();
        boolean isSilent = context.phase() == Phase.DOWNLOAD && details.code().isEmpty();
        // Asked for headers only, B2 does not say why; this is the one reason that users meet.
        if (isSilent || message.contains("Server Side Encryption")) {
            return "a file that was stored with SSE-C needs its customer key, and any other file refuses one";
        }
        if (message.contains("not currently supported on API version")) {
            return "the key needs version 4 of the B2 API";
        }
        if (message.startsWith("No active upload")) {
            return "the large file was finished or cancelled already: listUnfinishedLargeFiles shows which are left";
        }
        if (message.startsWith("Application key does not exist")) {
            return "listKeys shows the keys of the account";
        }
        return "change what B2's message names: the same request would be refused again";
    }

    /** At the login the token is the key itself. */
    private static String refusedToken(CallContext context) {
        return isLogin(context) ? WRONG_KEY : "the token stayed refused after a new authorization";
    }

    private static boolean isLogin(CallContext context) {
        return context.call().equals("b2_authorize_account");
    }

    private static String unauthorized(CallContext context) {
        if (isLogin(context)) {
            return WRONG_KEY;
        }
        return "the key must have the capability " + context.capability()
                + " and not be restricted to other buckets or names";
    }
}
