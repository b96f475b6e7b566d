// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;

/**
 * What is being done, for messages, decisions and listeners.
 *
 * @param call the call as B2 spells it
 * @param subject what it is about, as {@link B2Call#subject()} says it
 * @param phase the kind of request
 * @param capability what the key needs for it, null for nothing
 * @param repeat whether it may be repeated when its answer was lost
 * @param transactionClass the price class it is counted in
 */
public record CallContext(
        String call,
        String subject,
        Phase phase,
        @Nullable Capability capability,
        Repeat repeat,
        TransactionClass transactionClass) {
    /** A JSON call. */
    public static CallContext of(B2Call<?> call) {
        return new CallContext(
                call.name(), call.subject(), Phase.API, call.capability(), call.repeat(), call.transactionClass());
    }

    /** An upload of a small file: {@code b2_upload_file}. */
    public static CallContext uploadFile(String subject) {
        return uploadFile(subject, Repeat.SAFE);
    }

    /** An upload of a small file of which a lost answer is looked up first, or which is repeated. */
    public static CallContext uploadFile(String subject, Repeat repeat) {
        return new CallContext(
                "b2_upload_file", subject, Phase.UPLOAD, Capability.WRITE_FILES, repeat, TransactionClass.A);
    }

    /** An upload of a part: {@code b2_upload_part}. */
    public static CallContext uploadPart(String subject) {
        return new CallContext(
                "b2_upload_part", subject, Phase.UPLOAD, Capability.WRITE_FILES, Repeat.SAFE, TransactionClass.A);
    }

    /** A download or HEAD request, by id or by name. */
    public static CallContext download(String call, String subject) {
        return new CallContext(call, subject, Phase.DOWNLOAD, Capability.READ_FILES, Repeat.SAFE, TransactionClass.B);
    }
}
