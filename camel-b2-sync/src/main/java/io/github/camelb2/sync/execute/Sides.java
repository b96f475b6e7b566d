package io.github.camelb2.sync.execute;

import java.io.IOException;
import java.nio.file.Path;

/** Both sides of a sync. */
record Sides(Side source, Side destination) {

    /** What does the actions of this direction. */
    ActionRunner runner() {
        if (source instanceof LocalSide from) {
            return new ActionRunner.Up(from, (BucketSide) destination);
        }
        BucketSide from = (BucketSide) source;
        return destination instanceof LocalSide to
                ? new ActionRunner.Down(from, to)
                : new ActionRunner.Across(from, (BucketSide) destination);
    }

    /** The local file of a path, on whichever side is local. */
    Path readable(String path) throws IOException {
        LocalSide local = source instanceof LocalSide from ? from : (LocalSide) destination;
        return local.toRead(path);
    }
}
