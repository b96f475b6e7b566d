// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * Names in a bucket under which another run, with {@code preserve}, has stored what the source still has and this run stores
 * in no form: links that it leaves out, and empty directories.
 */
public final class OtherForms {
    private final Path root;
    private final Links links;
    private final Preserve preserve;

    /** @param root the source */
    public OtherForms(Path root, Links.Mode links, Preserve preserve) {
        this.root = root;
        this.links = new Links(root, links);
        this.preserve = preserve;
    }

    /** Of what a name that no file of the source has is the only form; empty where it is of nothing. */
    public Optional<String> reasonToStay(String path) {
        try {
            if (!links.areStored() && LinkNames.isName(path)) {
                Path link = root.resolve(LinkNames.place(path));
                return Files.isSymbolicLink(link) && !links.reaches(link)
                        ? Optional.of(link + " is a link that this run leaves out, and only preserve=symlinks stores")
                        : Optional.empty();
            }
            if (!preserve.has(Preserve.What.EMPTY_DIRS) && MarkerNames.isName(path)) {
                Path directory = root.resolve(MarkerNames.directory(path));
                return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isEmpty(directory)
                        ? Optional.of(directory + " is an empty directory, which only preserve=emptyDirs stores")
                        : Optional.empty();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the source cannot be read there: " + LocalEntries.reason(e));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }
}
