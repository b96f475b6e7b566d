// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.builder.OutputStreamBuilder;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code zstd}, which Camel has none of: for {@code compression=zstd} of streaming uploads, and for
 * {@code marshal().custom("zstd")} and {@code unmarshal().custom("zstd")} of any route. A file of several frames is read as
 * one. Needs the library zstd-jni. Thread-safe.
 */
public final class ZstdDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    /**
     * Makes one.
     *
     * @throws IllegalStateException if the library is not there, naming what to add
     */
    public ZstdDataFormat() {
        try {
            Class.forName("com.github.luben.zstd.Zstd", false, ZstdDataFormat.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "zstd needs com.github.luben:zstd-jni, which is not on the classpath: add it to the dependencies",
                    absent);
        }
    }

    @Override
    public String getDataFormatName() {
        return "zstd";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream target) throws Exception {
        try (InputStream plain = stream(exchange, graph);
                OutputStream frame = Library.frame(target)) {
            plain.transferTo(frame);
        }
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return unmarshal(exchange, (Object) stream);
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        // Spools to a file where Camel's stream caching says so.
        OutputStreamBuilder plain = OutputStreamBuilder.withExchange(exchange);
        try (InputStream frames = Library.frames(stream(exchange, body))) {
            byte[] buffer = new byte[1 << 16];
            for (int count = frames.read(buffer); count >= 0; count = frames.read(buffer)) {
                plain.write(buffer, 0, count);
            }
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
        return plain.build();
    }

    private static InputStream stream(Exchange exchange, Object body) throws Exception {
        return exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, body);
    }

    /** Apart, as Java looks at all classes that a method uses before it runs the constructor, which says what is missing. */
    private static final class Library {
        static OutputStream frame(OutputStream target) throws IOException {
            return new ZstdOutputStream(target);
        }

        static InputStream frames(InputStream source) throws IOException {
            return new ZstdInputStream(source);
        }
    }
}
