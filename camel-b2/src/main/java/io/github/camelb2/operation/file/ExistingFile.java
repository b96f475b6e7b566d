// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import io.github.camelb2.FileExist;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.operation.step.OperationScope;

/**
 * The option {@code fileExist}. B2 has no condition on a name: it is looked first and stored then, and a file that
 * somebody stores in between is not seen.
 */
final class ExistingFile {
    private ExistingFile() {}

    /**
     * Whether nothing is to be stored, because there is a file of that name.
     *
     * @throws B2ConflictException if there is one, and the option says Fail
     */
    static boolean isKept(String call, String bucketId, String fileName, OperationScope scope) {
        FileExist wanted = scope.options().getFileExist();
        if (wanted == FileExist.Override) {
            return false;
        }
        boolean exists = scope.client()
                .newestVersion(bucketId, fileName, scope.settings())
                .filter(newest -> !newest.hides())
                .isPresent();
        if (exists && wanted == FileExist.Fail) {
            throw new B2ConflictException(ErrorDetails.local(
                            call, FileNames.quote(fileName), "there is a file of that name, and fileExist=Fail")
                    .withAdvice("store it under another name, or set fileExist to Override or Ignore"));
        }
        return exists;
    }

    /** The same, for a bucket that is known by its name or its id. */
    static boolean isKept(String call, UploadFile file, OperationScope scope) {
        if (scope.options().getFileExist() == FileExist.Override) {
            return false;
        }
        String id = file.bucketId();
        String name = file.bucketName();
        return isKept(
                call,
                id != null || name == null ? String.valueOf(id) : scope.client().bucketId(name, scope.settings()),
                file.fileName(),
                scope);
    }
}
