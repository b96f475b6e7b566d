package io.github.camelb2.operation.header;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Writes result headers, and remembers them with the exchange: what one endpoint wrote to describe a file must not
 * become what the next one demands of another file.
 */
public final class WrittenHeaders {
    private static final String PROPERTY = "CamelB2WrittenHeaders";
    private static final String NAME_OF_FILE_ID = "name of " + B2Constants.FILE_ID;

    private WrittenHeaders() {}

    /** Sets the header, or removes it when there is no value. */
    public static void put(Message message, String header, @Nullable Object value) {
        Map<String, Object> written = written(message.getExchange());
        if (value == null) {
            message.removeHeader(header);
            written.remove(header);
        } else {
            message.setHeader(header, value);
            written.put(header, value);
        }
    }

    /** Sets the header of a file id, and remembers which name it belongs to. */
    static void putFileId(Message message, String fileId, String fileName) {
        put(message, B2Constants.FILE_ID, fileId);
        written(message.getExchange()).put(NAME_OF_FILE_ID, fileName);
    }

    /** Whether the file id in the header was found for another name than that one. */
    static boolean isIdOfAnotherFile(Message message, String fileName) {
        return isUnchanged(message, B2Constants.FILE_ID)
                && !fileName.equals(written(message.getExchange()).get(NAME_OF_FILE_ID));
    }

    /** Whether the header still has the value that a b2: endpoint wrote. */
    static boolean isUnchanged(Message message, String header) {
        Object value = message.getHeader(header);
        return value != null
                && Objects.equals(value, written(message.getExchange()).get(header));
    }

    // A copy of an exchange shares its properties' values, so each writes to a map of its own.
    private static Map<String, Object> written(Exchange exchange) {
        Object found = exchange.getProperty(PROPERTY);
        if (found instanceof Written own && own.exchangeId().equals(exchange.getExchangeId())) {
            return own.values();
        }
        Written fresh = new Written(exchange.getExchangeId(), new ConcurrentHashMap<>());
        if (found instanceof Written shared) {
            fresh.values().putAll(shared.values());
        }
        exchange.setProperty(PROPERTY, fresh);
        return fresh.values();
    }

    private record Written(String exchangeId, Map<String, Object> values) {
        @Override
        public String toString() {
            return values.keySet().toString();
        }
    }
}
