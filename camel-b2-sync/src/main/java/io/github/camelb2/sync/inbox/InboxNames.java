// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.inbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Route;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.OptimizedFileFilter;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Camel's file consumer from names that it would read as others. It takes every backslash for a separator, and
 * where that is a letter of a name it deletes, moves, locks and remembers another file than the one that it found,
 * which may even lie outside the directory. Such files and directories are never taken, and told of once.
 *
 * <p>It is asked before anything of Camel's has seen the file, and asks the filter that the user gave first.
 */
public final class InboxNames<T> implements GenericFileFilter<T> {
    private static final Logger LOG = LoggerFactory.getLogger(InboxNames.class);
    /** Of names that were told; memory does not grow with what people put into an inbox. */
    private static final int TOLD = 1_000;

    private final @Nullable GenericFileFilter<T> users;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private InboxNames(@Nullable GenericFileFilter<T> users) {
        this.users = users;
    }

    /** Puts it into the consumer's endpoint, once the user's options are there and before the first poll. */
    public static final class Policy extends RoutePolicySupport {
        @Override
        public void onInit(Route route) {
            if (route.getEndpoint() instanceof GenericFileEndpoint<?> endpoint) {
                String directory = new File(endpoint.getConfiguration().getDirectory()).getAbsolutePath();
                if (isRewritten(directory)) {
                    throw refused(directory);
                }
                guard(endpoint);
            }
        }

        // Routes of equal URIs share their endpoint.
        private static <T> void guard(GenericFileEndpoint<T> endpoint) {
            synchronized (endpoint) {
                if (!(endpoint.getFilter() instanceof InboxNames)) {
                    endpoint.setFilter(new InboxNames<>(endpoint.getFilter()));
                }
            }
        }
    }

    /**
     * Where people write backslashes for separators, Camel's way is theirs.
     *
     * @throws IllegalArgumentException if there is a directory that is really called so
     */
    public static void checkDirectory(String directory) {
        if (isRewritten(directory) && Files.isDirectory(Path.of(directory))) {
            throw refused(directory);
        }
    }

    private static IllegalArgumentException refused(String directory) {
        return new IllegalArgumentException("Option directory=" + directory + " cannot be: Camel's file component takes"
                + " its backslash for a separator, and would watch another directory; rename it, or use b2-sync:,"
                + " which takes such names");
    }

    private static boolean isRewritten(String path) {
        return File.separatorChar == '/' && path.indexOf('\\') >= 0;
    }

    @Override
    public boolean accept(GenericFile<T> file) {
        if (!isUsers(file)) {
            return false;
        }
        if (!(file.getFile() instanceof File found) || !isRewritten(found.getPath())) {
            return true;
        }
        tell(found.getPath());
        return false;
    }

    private boolean isUsers(GenericFile<T> file) {
        if (users instanceof OptimizedFileFilter byName) {
            Boolean accepted = byName.accept(file.getFileNameOnly());
            if (accepted != null) {
                return accepted;
            }
        }
        return users == null || users.accept(file);
    }

    private void tell(String path) {
        if (told.size() < TOLD && told.add(path)) {
            LOG.warn(
                    "{} is not uploaded, and stays as it is: Camel's file component takes the backslash in its name for a"
                            + " separator, and would delete or move another file. Rename it, or use b2-sync:, which"
                            + " takes such names{}",
                    path,
                    told.size() < TOLD ? "" : "; more of such names are not told");
        }
    }
}
