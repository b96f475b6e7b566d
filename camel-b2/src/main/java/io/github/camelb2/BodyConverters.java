// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.function.BiFunction;

import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns remote bodies into text and bytes where a route asks for them, and into their description where Camel only wants
 * to show them: what is logged or traced is not downloaded for it.
 */
final class BodyConverters {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Set<String> SHOWING = Set.of("extractValueForLogging", "dumpAsXml", "dumpAsJSonObject");

    private BodyConverters() {}

    static void addTo(TypeConverterRegistry registry) {
        registry.addTypeConverter(byte[].class, RemoteFileBody.class, new Converter(BodyConverters::bytes));
        registry.addTypeConverter(String.class, RemoteFileBody.class, new Converter(BodyConverters::text));
    }

    private static Object bytes(RemoteFileBody body, @Nullable Exchange exchange) {
        try {
            return body.readAllFor(exchange);
        } catch (IOException e) {
            throw new TypeConversionException(body, byte[].class, e);
        }
    }

    private static Object text(RemoteFileBody body, @Nullable Exchange exchange) {
        if (isOnlyShown()) {
            return body.toString();
        }
        return new String(
                (byte[]) bytes(body, exchange), Charset.forName(ExchangeHelper.getCharsetName(exchange, true)));
    }

    /** The log component, tracers and message history all go through these methods, which ask as a route does. */
    private static boolean isOnlyShown() {
        return STACK.walk(frames -> frames.anyMatch(
                it -> it.getDeclaringClass() == MessageHelper.class && SHOWING.contains(it.getMethodName())));
    }

    private static final class Converter extends TypeConverterSupport {
        private final BiFunction<RemoteFileBody, @Nullable Exchange, Object> work;

        private Converter(BiFunction<RemoteFileBody, @Nullable Exchange, Object> work) {
            this.work = work;
        }

        @Override
        public <T> T convertTo(Class<T> type, @Nullable Exchange exchange, Object value) {
            return type.cast(work.apply((RemoteFileBody) value, exchange));
        }
    }
}
