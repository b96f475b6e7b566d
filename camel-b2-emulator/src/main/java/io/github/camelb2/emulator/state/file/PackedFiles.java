// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All versions of an account at one moment, as they are kept in memory. The arrays are never changed.
 *
 * @param words the texts that they share, by number
 * @param versions by bucket id, in listing order
 */
public record PackedFiles(List<String> words, Map<String, List<byte[]>> versions) {

    public void write(DataOutput out) throws IOException {
        out.writeInt(words.size());
        for (String word : words) {
            out.writeUTF(word);
        }
        out.writeInt(versions.size());
        for (Map.Entry<String, List<byte[]>> bucket : versions.entrySet()) {
            out.writeUTF(bucket.getKey());
            out.writeInt(bucket.getValue().size());
            for (byte[] version : bucket.getValue()) {
                out.writeInt(version.length);
                out.write(version);
            }
        }
    }

    public static PackedFiles read(DataInput in) throws IOException {
        List<String> words = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            words.add(in.readUTF());
        }
        Map<String, List<byte[]>> versions = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String bucketId = in.readUTF();
            List<byte[]> packed = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                byte[] version = new byte[in.readInt()];
                in.readFully(version);
                packed.add(version);
            }
            versions.put(bucketId, packed);
        }
        return new PackedFiles(words, versions);
    }
}
