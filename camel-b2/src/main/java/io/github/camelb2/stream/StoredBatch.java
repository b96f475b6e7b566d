// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import org.apache.camel.Message;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FileVersionHeaders;

/**
 * A file of many messages that B2 has.
 *
 * @param repeated how many of the messages may be in a file for the second time
 * @param partition what {@code partitionBy} gave for them, empty without
 */
record StoredBatch(String bucketName, FileVersion version, long messages, long repeated, String partition) {
    void describe(Message message) {
        FileVersionHeaders.writeProduced(message, bucketName, version);
        message.setHeader(B2Constants.STREAMED_MESSAGES, messages);
        message.setHeader(B2Constants.STREAMED_REPEATED, repeated);
        if (partition.isEmpty()) {
            message.removeHeader(B2Constants.STREAMED_PARTITION);
        } else {
            message.setHeader(B2Constants.STREAMED_PARTITION, partition);
        }
    }
}
