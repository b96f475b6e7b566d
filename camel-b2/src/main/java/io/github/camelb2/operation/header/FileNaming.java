// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.DownloadedFile;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FoundFiles.Found;

/**
 * Which file a step is about: the one home of the order of precedence for names and ids.
 *
 * <p>What the step says itself, in this order: the header {@code CamelB2OverrideFileName}; the option {@code fileName}
 * of the endpoint; the header {@code CamelB2FileName}, if the route has set it; {@code CamelOverruleFileName}; {@code
 * CamelFileName}, if the route or another component has set it; the option {@code fileName} of the component. Only then
 * what was found. An id that was found counts in its own bucket, and only where the step names no file itself; a name that
 * was found hides and deletes nothing in another bucket.
 */
final class FileNaming {
    private final Exchange exchange;
    private final Message message;
    private final B2Configuration options;
    private final Map<String, Object> oneShots;
    private final String bucketName;
    private final FoundFiles found;

    FileNaming(Exchange exchange, B2Configuration options, Map<String, Object> oneShots, String bucketName) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.options = options;
        this.oneShots = oneShots;
        this.bucketName = bucketName;
        this.found = FoundFiles.of(message);
    }

    /** The name of a file to store: what the step says, else that of the very body, else what the source found. */
    Optional<String> nameToStore() {
        Optional<String> said = said();
        return said.isPresent()
                ? said
                : described(message.getBody())
                        .map(FileVersion::fileName)
                        .or(() -> found.source().map(Found::fileName))
                        .filter(name -> !name.isEmpty());
    }

    /** The name of a file that there is: what the step says, else what was found in its bucket or by the source. */
    Optional<String> nameOfStored() {
        Optional<String> said = said();
        return said.isPresent()
                ? said
                : found.in(bucketName).or(found::source).map(Found::fileName).filter(name -> !name.isEmpty());
    }

    /** The name of files that are to be hidden, shown or deleted: what the step says, else what was found in its bucket. */
    Optional<String> nameToChange() {
        Optional<String> said = said();
        return said.isPresent()
                ? said
                : found.in(bucketName).map(Found::fileName).filter(name -> !name.isEmpty());
    }

    /** The id of the version that the step is about. */
    Optional<String> fileId() {
        Optional<String> said = taken(B2Constants.OVERRIDE_FILE_ID);
        if (said.isPresent()) {
            return said;
        }
        Object header = message.getHeader(B2Constants.FILE_ID);
        if (header != null && !found.wroteId(header)) {
            return text(B2Constants.FILE_ID, header);
        }
        return said().isPresent()
                ? Optional.empty()
                : found.in(bucketName).map(Found::fileId).filter(id -> !id.isEmpty());
    }

    /** Whether the step goes by an id that was not found in its bucket: then it may be about any bucket. */
    boolean isIdFromElsewhere(String id) {
        return fileId().filter(id::equals).isPresent()
                && found.in(bucketName).filter(it -> it.fileId().equals(id)).isEmpty();
    }

    /** What the step says itself, which is never the empty text. */
    private Optional<String> said() {
        // Each step has a name, most of them in one of the first places: no look at the others is prepared before it is
        // due.
        Optional<String> name = taken(B2Constants.OVERRIDE_FILE_NAME);
        if (name.isEmpty() && options.isGiven("fileName")) {
            name = option();
        }
        if (name.isEmpty()) {
            Object header = message.getHeader(B2Constants.FILE_NAME);
            name = found.wroteName(header) ? Optional.empty() : text(B2Constants.FILE_NAME, header);
        }
        if (name.isEmpty()) {
            name = taken(Exchange.OVERRULE_FILE_NAME);
        }
        if (name.isEmpty()) {
            Object header = message.getHeader(Exchange.FILE_NAME);
            name = found.wroteCamelName(header) ? Optional.empty() : text(Exchange.FILE_NAME, header);
        }
        return name.isPresent() ? name : option();
    }

    private Optional<String> taken(String header) {
        return text(header, oneShots.get(header));
    }

    private static Optional<String> text(String header, @Nullable Object value) {
        String text = value == null ? "" : HeaderText.require(header, value);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Optional<String> option() {
        String option = options.getFileName();
        String name = option == null ? "" : evaluate(option);
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    // The only text that is ever evaluated is the option, which the author of the route wrote.
    private String evaluate(String fileName) {
        if (!fileName.contains("${") && !fileName.contains("$simple{")) {
            return fileName;
        }
        String name = exchange.getContext()
                .resolveLanguage("simple")
                .createExpression(fileName)
                .evaluate(exchange, String.class);
        return name == null ? "" : name;
    }

    /** What the body is the content of, if it is the very object that a step of ours has made, or its copy. */
    static Optional<FileVersion> described(@Nullable Object body) {
        if (body instanceof RemoteFileBody remote) {
            return Optional.of(remote.content().version());
        }
        return body instanceof DownloadedFile file ? file.version() : Optional.empty();
    }
}
