package io.github.camelb2.sync.action;

/** Both sides of a sync. */
public record Sides(Side source, Side destination) {

    /** What does the actions of this direction. */
    public ActionRunner runner() {
        if (source instanceof LocalSide from) {
            return new ActionRunner.Up(from, (BucketSide) destination);
        }
        BucketSide from = (BucketSide) source;
        return destination instanceof LocalSide to
                ? new ActionRunner.Down(from, to)
                : new ActionRunner.Across(from, (BucketSide) destination);
    }

    /** Whichever side is local; only asked where one is. */
    public LocalSide local() {
        return source instanceof LocalSide from ? from : (LocalSide) destination;
    }
}
