// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

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
            return exactly(text, target);
        } catch (CharacterCodingException | InvalidPathException e) {
            throw new IOException("where the link leads is no name: " + e.getMessage(), e);
        }
    }

    /**
     * The target with each of its slashes, which a path of Java leaves out where it does not need them: {@code d/} leads where
     * {@code d} does, and is another content. Where Java has no such path, the one that leads to the same place.
     */
    private static Path exactly(String text, Path target) {
        boolean isUnix = target.getFileSystem().equals(FileSystems.getDefault())
                && target.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (target.toString().equals(text) || !isUnix) {
            return target;
        }
        try {
            Path exact = ofParts(text);
            return exact.toString().equals(text) ? exact : target;
        } catch (IllegalArgumentException e) {
            return target;
        }
    }

    private static Path ofParts(String text) {
        int twoSlashes = text.indexOf("//", 1);
        return twoSlashes < 0
                ? ofPart(text)
                : ofPart(text.substring(0, twoSlashes + 1)).resolve(ofParts(text.substring(twoSlashes + 2)));
    }

    /** Only an address that hides its slashes keeps the last one, and it is that of an absolute path. */
    private static Path ofPart(String text) {
        StringBuilder address = new StringBuilder("file:///");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isAbsolute = text.startsWith("/");
        for (int i = isAbsolute ? 1 : 0; i < bytes.length; i++) {
            address.append('%').append(HexFormat.of().toHexDigits(bytes[i]));
        }
        Path absolute = Path.of(URI.create(address.toString()));
        return isAbsolute ? absolute : absolute.subpath(0, absolute.getNameCount());
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
        // Of an exact one the parts would have slashes behind them.
        for (Path part : target.getFileSystem().getPath(target.toString())) {
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
