// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * Fragments one after the other, each opened when the one before it has ended. What is remote comes from B2 while it is
 * sent there.
 *
 * @param opener opens a fragment of a remote piece
 */
record FragmentsSource(List<EmergePlan.Fragment> fragments, Function<EmergePlan.Fragment, InputStream> opener)
        implements UploadSource {
    @Override
    public OptionalLong length() {
        return OptionalLong.of(
                fragments.stream().mapToLong(EmergePlan.Fragment::length).sum());
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public InputStream open() {
        return new Sequence();
    }

    @Override
    public InputStream open(long offset, long length) {
        if (offset != 0 || length != length().orElse(0)) {
            throw new IllegalArgumentException("a part of pieces is sent as a whole");
        }
        return open();
    }

    @Override
    public void checkUnchanged() throws IOException {
        for (EmergePlan.Fragment fragment : fragments) {
            if (fragment.piece() instanceof Piece.Local local) {
                local.source().checkUnchanged();
            }
        }
    }

    @Override
    public String describe() {
        return fragments.size() + " pieces";
    }

    private final class Sequence extends InputStream {
        private int next;
        private InputStream current = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            int count = current.read(target, offset, length);
            while (count < 0 && next < fragments.size()) {
                current.close();
                current = open(fragments.get(next++));
                count = current.read(target, offset, length);
            }
            return count;
        }

        private InputStream open(EmergePlan.Fragment fragment) throws IOException {
            return fragment.piece() instanceof Piece.Local local
                    ? local.source().open(fragment.offset(), fragment.length())
                    : opener.apply(fragment);
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
