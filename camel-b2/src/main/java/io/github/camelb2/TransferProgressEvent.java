// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.Serial;
import java.util.EventObject;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;

/**
 * Bytes of a message went to B2 or came from there. Event notifiers of the context hear of it while the transfer runs,
 * at most once per percent or second, whichever comes first, and once at its end.
 */
public final class TransferProgressEvent extends EventObject implements CamelEvent.ExchangeEvent {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Exchange exchange;
    private final long transfer;
    private final String fileName;
    private final long bytes;
    private final long total;
    private long timestamp;

    TransferProgressEvent(Exchange exchange, long transfer, String fileName, long bytes, long total) {
        super(exchange);
        this.exchange = exchange;
        this.transfer = transfer;
        this.fileName = fileName;
        this.bytes = bytes;
        this.total = total;
    }

    /** The message whose operation transfers the file, or whose body is read. */
    @Override
    public Exchange getExchange() {
        return exchange;
    }

    @Override
    public Object getSource() {
        return exchange;
    }

    /** Always {@link CamelEvent.Type#Custom}. */
    @Override
    public Type getType() {
        return Type.Custom;
    }

    /** One number for all events of the same transfer, unique among those of one login. */
    public long getTransfer() {
        return transfer;
    }

    /** The name of the file in B2. */
    public String getFileName() {
        return fileName;
    }

    /** The bytes so far; goes down when a part has to be sent again. */
    public long getBytes() {
        return bytes;
    }

    /** All bytes of the transfer; empty for a stream whose length is not known. */
    public OptionalLong getTotal() {
        return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public String toString() {
        return fileName + ": " + bytes + (total < 0 ? "" : " of " + total) + " bytes";
    }
}
