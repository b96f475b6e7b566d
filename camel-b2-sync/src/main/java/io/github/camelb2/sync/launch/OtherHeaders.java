// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Constants;
import io.github.camelb2.sync.B2SyncConstants;

/**
 * Orders of {@code b2:} that do nothing on a step of a sync: whoever sets one there means something by it, and learns once
 * what to write instead. Thread-safe.
 */
public final class OtherHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(OtherHeaders.class);
    private static final String PLACE = "the header " + B2SyncConstants.SOURCE + " or " + B2SyncConstants.DESTINATION
            + " with b2://bucket/prefix does";

    /** What does there what each is meant for. */
    private static final Map<String, String> MEANT = new TreeMap<>(Map.of(
            B2Constants.AS_OF, "the header " + B2SyncConstants.AS_OF + " does",
            B2Constants.OVERRIDE_BUCKET_NAME, PLACE,
            B2Constants.DESTINATION_BUCKET_NAME, PLACE,
            B2Constants.PREFIX, PLACE,
            B2Constants.OVERRIDE_FILE_NAME, PLACE,
            B2Constants.DESTINATION_FILE_NAME, PLACE,
            B2Constants.OPERATION, "the option mode says what a sync does",
            B2Constants.CUSTOMER_KEY, "the options sourceCustomerKey and destinationCustomerKey do",
            B2Constants.SERVER_SIDE_ENCRYPTION, "the option destinationEncryption does"));

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Looks whether the message has one. */
    public void tell(Message message, String sync) {
        if (told.size() == MEANT.size()) {
            return;
        }
        MEANT.forEach((header, instead) -> {
            if (message.getHeader(header) != null && told.add(header)) {
                LOG.warn("Header {} does nothing on a step of b2-sync:{}: {}. Told once", header, sync, instead);
            }
        });
    }
}
