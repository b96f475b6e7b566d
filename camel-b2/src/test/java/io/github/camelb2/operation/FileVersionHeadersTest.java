// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Map;

import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.ReplicationStatus;
import io.github.camelb2.operation.header.FileVersionHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class FileVersionHeadersTest {
    @Test
    void theReplicationStatusIsAHeaderOfFilesThatAreReplicated() {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();

        FileVersionHeaders.writeFound(message, "media", version(new ReplicationStatus("pending")));
        assertThat(message.getHeader(B2Constants.REPLICATION_STATUS)).isEqualTo("pending");
        assertThat(message.getHeader(B2Constants.FOUND_REPLICATION_STATUS)).isEqualTo("pending");

        FileVersionHeaders.writeFound(message, "media", version(null));
        assertThat(message.getHeaders()).doesNotContainKey(B2Constants.REPLICATION_STATUS);
    }

    private static FileVersion version(ReplicationStatus status) {
        return new FileVersion(
                "account",
                Action.UPLOAD,
                "bucket id",
                5,
                null,
                "none",
                "text/plain",
                "4_z",
                Map.of(),
                "a.txt",
                null,
                null,
                status,
                null,
                0);
    }
}
