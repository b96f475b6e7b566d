// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Message;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.FreeName;
import io.github.camelb2.operation.file.LocalTarget;
import io.github.camelb2.sync.action.local.OwnerAndMode;

/** One file on its way down. What is at its target stays until all of the new content is there and verified. */
final class Download {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String WORK = ".camel-b2-";

    private final Session session;
    private final Screen screen;
    private final B2Place from;
    private final Map<String, Object> headers;
    private final Map<String, Object> options;

    Download(Session session, Screen screen, B2Place from, Map<String, Object> headers, Map<String, Object> options) {
        this.session = session;
        this.screen = screen;
        this.from = from;
        this.headers = headers;
        this.options = options;
    }

    /** @throws OutputLostException if standard output cannot be written */
    void toStandardOutput() throws Exception {
        try (InputStream content = stream(options).getBody(InputStream.class)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                screen.content(buffer, read);
            }
        }
        screen.flush();
    }

    /**
     * To a file, also by a link to one, which keeps its permissions, owner and group; or into what is there and is no file, as a pipe.
     *
     * @throws IOException if it cannot be written there
     */
    void to(Path asked) throws Exception {
        Path target = Files.exists(asked) ? asked.toRealPath() : asked.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target);
                    InputStream content = stream(options).getBody(InputStream.class)) {
                content.transferTo(out);
            }
            return;
        }
        put(target, complete -> {
            if (Files.exists(target)) {
                OwnerAndMode.keep(target, complete);
            }
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /**
     * To a file that nobody has, also not by the time it is complete.
     *
     * @throws FileAlreadyExistsException if something has its name
     * @throws IOException if it cannot be written there
     */
    void toNew(Path asked) throws Exception {
        Path target = asked.toAbsolutePath();
        put(target, complete -> FreeName.move(complete, target));
    }

    @FunctionalInterface
    private interface Naming {
        void give(Path complete) throws IOException;
    }

    private void put(Path target, Naming name) throws Exception {
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent + " is no directory");
        }
        Path work = Files.createTempDirectory(parent, WORK);
        try {
            name.give(fetch(work));
        } finally {
            delete(work);
        }
    }

    /** The complete file somewhere below the directory. */
    private Path fetch(Path work) throws Exception {
        String name = from.fileId() == null ? from.path() : info().fileName();
        try (LocalTarget target = LocalTarget.below(work)) {
            target.find(name);
        } catch (B2LocalContentException e) {
            // The target has another name: the content alone is wanted, in one stream.
            Path file = work.resolve("content");
            Message message = stream(options);
            try (InputStream content = message.getBody(InputStream.class)) {
                Files.copy(content, file);
            }
            return dated(file, message);
        }
        Map<String, Object> toDisk = new HashMap<>(options);
        toDisk.put("localWorkDirectory", work.toString());
        Message message = stream(toDisk);
        return dated(message.getBody(File.class).toPath(), message);
    }

    private Message stream(Map<String, Object> all) throws Exception {
        return session.request(from.bucket(), "downloadFile", all, headers, "").getMessage();
    }

    private FileVersion info() throws Exception {
        return session.request(from.bucket(), "getFileInfo", Map.of(), headers, "")
                .getMessage()
                .getBody(FileVersion.class);
    }

    /** As the source was, if it said so; a disk that cannot hold the time has the content all the same. */
    private static Path dated(Path file, Message message) throws IOException {
        Long modified = message.getHeader(B2Constants.FOUND_LAST_MODIFIED, Long.class);
        if (modified != null) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
        }
        return file;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
