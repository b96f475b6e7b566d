// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.scan.disk.NameEncoding;

/** Where a symbolic link leads, as the content of a file in a bucket; what comes from there is not trusted. */
public final class LinkTarget {
    private LinkTarget() {}

    /**
     * What is stored for a link of this machine.
     *
     * @throws IOException if it is no link, or this JVM cannot tell where it leads
     */
    static byte[] bytesOf(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        String text = target.toString();
        if (!NameEncoding.isFaithful(target, text)) {
            throw new IOException(link + " leads to a name that is not valid in this JVM's encoding of file names ("
                    + NameEncoding.atHand().name() + ")");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads where a link is to lead.
     *
     * @throws IOException if that is no name that a disk could have
     */
    public static Path read(Path content) throws IOException {
        long size = Files.size(content);
        if (size < 1 || size > LinkNames.LONGEST_TARGET) {
            throw new IOException(
                    "a link leads to a name of 1 to " + LinkNames.LONGEST_TARGET + " bytes, and not of " + size);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(content)))
                    .toString();
            Path target = content.getFileSystem().getPath(text);
            if (target.toString().isEmpty() || !NameEncoding.isFaithful(target, text)) {
                throw new IOException("this JVM cannot write where the link leads");
            }
            return target;
        } catch (CharacterCodingException | InvalidPathException e) {
            throw new IOException("where the link leads is no name: " + e.getMessage(), e);
        }
    }

    /**
     * Whether whoever follows a link comes out of the root, or may: nothing but {@code ..} up to the root comes first, and
     * then only names, because a name may be another link.
     *
     * @param directories how many lie between the root and the link
     */
    public static boolean mayLeadOut(Path target, int directories) {
        if (target.isAbsolute()) {
            return true;
        }
        int up = 0;
        boolean hasNames = false;
        for (Path part : target) {
            boolean isUp = part.toString().equals("..");
            if (isUp && hasNames) {
                return true;
            }
            up += isUp ? 1 : 0;
            hasNames |= !isUp && !part.toString().equals(".");
        }
        return up > directories;
    }
}
