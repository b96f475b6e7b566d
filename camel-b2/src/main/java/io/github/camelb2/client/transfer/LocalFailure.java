package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;

/** Words the failures of this machine's side: its sources and its disks. */
final class LocalFailure {
    private LocalFailure() {}

    /** A source that cannot be read, or is not what it was. */
    static B2LocalContentException reading(UploadSource source, IOException e) {
        return failure("upload", source.describe(), reason(e), e);
    }

    /** A source that is not what was said of it. */
    static B2LocalContentException wrongSource(UploadSource source, String what) {
        return failure("upload", source.describe(), what, null);
    }

    /** A temporary file that cannot be written. */
    static B2LocalContentException spooling(Path directory, IOException e) {
        return failure(
                "upload", "from a stream", "cannot write a temporary file in " + directory + ": " + reason(e), e);
    }

    /** A target that cannot be written. */
    static B2LocalContentException writing(Path target, IOException e) {
        return failure("download", "to " + target, "cannot write: " + reason(e), e);
    }

    /** A target that cannot be written, found out before anything was asked of B2. */
    static B2LocalContentException unfitTarget(Path target, String why) {
        return failure("download", "to " + target, why, null);
    }

    private static B2LocalContentException failure(
            String call, String subject, String message, @Nullable IOException cause) {
        return new B2LocalContentException(ErrorDetails.local(call, subject, message), cause);
    }

    static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
