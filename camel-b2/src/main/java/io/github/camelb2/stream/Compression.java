// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.DefaultExchange;

/**
 * Compresses what becomes a file, one block of about a MiB after the other: the results, one behind the other, are again a
 * whole file of their format, as is so of gzip members and zstd frames. Thread-safe.
 */
interface Compression {
    /** So much is compressed at a time, and is in memory meanwhile. */
    int BLOCK = 1 << 20;

    void compress(byte[] block, int length, OutputStream target) throws IOException;

    /** Whether the bytes stay as they are. */
    default boolean isNone() {
        return false;
    }

    /**
     * The one that an option names.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Compression of(CamelContext context, String name) {
        if (name.equals("none")) {
            return new Plain();
        }
        DataFormat format = context.resolveDataFormat(name.startsWith("#") ? name.substring(1) : name);
        if (format != null) {
            return (block, length, target) -> marshal(context, format, block, length, target);
        }
        if (name.equals("gzip")) {
            return Compression::gzip;
        }
        throw new IllegalArgumentException("Option compression=" + name
                + " cannot be: there is no data format of that name; write none, gzip, or bind a DataFormat bean called "
                + name);
    }

    private static void gzip(byte[] block, int length, OutputStream target) throws IOException {
        GZIPOutputStream member = new GZIPOutputStream(target, 1 << 13);
        member.write(block, 0, length);
        member.finish();
    }

    private static void marshal(CamelContext context, DataFormat format, byte[] block, int length, OutputStream target)
            throws IOException {
        try {
            format.marshal(
                    new DefaultExchange(context), new ByteArrayInputStream(block, 0, length), new Unclosed(target));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the data format " + format.getClass().getName() + " cannot compress: " + e, e);
        }
    }

    /** Leaves the bytes as they are. */
    final class Plain implements Compression {
        @Override
        public void compress(byte[] block, int length, OutputStream target) throws IOException {
            target.write(block, 0, length);
        }

        @Override
        public boolean isNone() {
            return true;
        }
    }

    /** Data formats close what they have written to; the file goes on behind their block. */
    final class Unclosed extends OutputStream {
        private final OutputStream target;

        Unclosed(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
        }
    }
}
