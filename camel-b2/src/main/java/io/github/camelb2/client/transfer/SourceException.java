package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The source of an upload failed, or the disk that it is spooled to: never retried, because the network has no part in
 * it. {@link Uploader} turns it into a {@link io.github.camelb2.client.api.B2LocalContentException} that names the file.
 */
final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static SourceException reading(UploadSource source, IOException e) {
        return new SourceException("cannot read " + source.describe() + ": " + reason(e), e);
    }

    static SourceException spooling(Path directory, IOException e) {
        return new SourceException("cannot write a temporary file in " + directory + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
