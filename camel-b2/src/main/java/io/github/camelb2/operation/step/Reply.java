package io.github.camelb2.operation.step;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.model.ApplicationKey;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.operation.header.BucketHeaders;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.header.WrittenHeaders;

/** The message that an operation answers with: the one that it was given. */
public record Reply(Exchange exchange, Params params) {
    public Message message() {
        return exchange.getMessage();
    }

    /** Replaces the body. */
    public void body(@Nullable Object value) {
        message().setBody(value);
    }

    /** Sets a header. */
    public void header(String name, Object value) {
        message().setHeader(name, value);
    }

    /** The body is only so many bytes of the file. */
    public void length(long bytes) {
        WrittenHeaders.put(message(), B2Constants.CONTENT_LENGTH, bytes);
        header(Exchange.FILE_LENGTH, bytes);
    }

    /** The bucket becomes the body, and is described in headers. */
    public void bucket(Bucket bucket) {
        BucketHeaders.write(message(), bucket);
        body(bucket);
    }

    /** The key becomes the body, and is described in headers, its secret aside. */
    public void key(ApplicationKey key) {
        header(B2Constants.KEY_ID, key.applicationKeyId());
        header(B2Constants.KEY_NAME, key.keyName());
        header(
                B2Constants.KEY_CAPABILITIES,
                key.capabilities().stream().map(Capability::name).toList());
        body(key);
    }

    /** A version that was found becomes the body, and is described in headers. */
    public void found(FileVersion version) {
        FileVersionHeaders.writeFound(message(), params.bucketNameOrEmpty(), version);
        body(version);
    }

    /** A version that was made becomes the body, and is described in headers. */
    public void produced(String bucketName, FileVersion version) {
        FileVersionHeaders.writeProduced(message(), bucketName, version);
        body(version);
    }
}
