// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.action.local.LinkTarget;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Symbolic links that are stored as links, and come back as links from a bucket that may be anybody's. */
@DisabledOnOs(OS.WINDOWS)
class SyncPreserveLinksTest extends SyncTestSupport {
    private static final String LINKS = "preserve=symlinks";
    private static final String DELETE = "keepMode=delete";

    @Test
    void linksGoUpUnderTheNamesThatRcloneGivesThemAndComeDownAsLinks() throws Exception {
        given("d/file", 100);
        link(source, "a", "d/file", 90);
        link(source, "d/up", "../d", 80);
        link(source, "broken", "nowhere", 70);
        link(source, "loop", "loop", 60);

        sync(source.toString(), bucketUri(), LINKS);
        SyncReport down = sync(bucketUri(), destination, LINKS);

        assertThat(bucketTree())
                .containsEntry("a.rclonelink", "d/file")
                .containsEntry("d/up.rclonelink", "../d")
                .containsEntry("broken.rclonelink", "nowhere")
                .containsEntry("loop.rclonelink", "loop")
                .hasSize(5);
        assertThat(down.isComplete()).isTrue();
        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(sync(source.toString(), bucketUri(), LINKS).actions()).isZero();
        assertThat(sync(bucketUri(), destination, LINKS, DELETE).actions()).isZero();
    }

    @Test
    void withoutTheOptionLinksAreFollowedAsBefore() throws Exception {
        given("file", 100);
        link(source, "a", "file", 90);

        sync(source.toString(), bucketUri());

        assertThat(bucketTree()).containsOnlyKeys("a", "file").containsEntry("a", "file");
    }

    /** Whatever lies between the name of a link and the same with its ending. */
    @Test
    void linksStandInTheOrderOfTheNamesThatTheyHaveInTheBucket() throws Exception {
        for (String name : List.of("a!", "a-b", "a.", "a.b", "a.rclone", "a.rclonelin", "a.s", "a/b", "a0", "ab")) {
            given(source, "x/" + name + (name.endsWith("b") ? "" : ".f"), "f", 100);
        }
        for (String name : List.of("x", "x.", "x.r", "x.rclone", "x-")) {
            link(source, "y" + name, "x/a-b", 50);
            given(source, "z/" + name + "/f", "f", 20);
            link(source, "z/" + name + "l", "f", 50);
        }

        SyncReport up = sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);

        assertThat(up.isComplete()).isTrue();
        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(sync(source.toString(), bucketUri(), LINKS, DELETE).actions())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x", "../../x", "d/../../x", "d/../f", "..", "/", "./../x"})
    void linkThatMayLeadOutIsNotMadeUnlessThatIsAskedFor(String target) throws Exception {
        givenInBucket("l.rclonelink", target, 10);
        givenInBucket("f", "f", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("l.rclonelink");
        assertThat(report.failures().get(0).reason())
                .contains("may lie outside")
                .contains("preserve=allSymlinks");
        assertThat(Files.exists(destination.resolve("l"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        sync(bucketUri(), destination, "preserve=allSymlinks");
        assertThat(Files.readSymbolicLink(destination.resolve("l"))).isEqualTo(Path.of(target));
    }

    /** Java's paths leave slashes out that lead nowhere, and two machines would store each other's form again and again. */
    @Test
    void targetsKeepEachOfTheirSlashes() throws Exception {
        given("d/f", 100);
        Map<String, String> targets = new TreeMap<>();
        List<String> all =
                List.of("d/", "d//f", ".//d", "./d/", "..//x//y/", "/", "/tmp//x/", "d/./f", "é/ %", "x%2Fy/");
        for (String target : all) {
            String name = "l" + targets.size();
            targets.put(name + ".rclonelink", target);
            makeLinkAsTheSystemDoes(target, source.resolve(name));
        }

        sync(source.toString(), bucketUri(), "preserve=allSymlinks");
        sync(bucketUri(), destination, "preserve=allSymlinks");

        assertThat(bucketTree()).containsAllEntriesOf(targets);
        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(sync(bucketUri(), destination, "preserve=allSymlinks", DELETE)
                        .actions())
                .isZero();
    }

    private static void makeLinkAsTheSystemDoes(String target, Path link) throws Exception {
        Process made = new ProcessBuilder("ln", "-s", target, link.toString()).start();
        assertThat(made.waitFor()).isZero();
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(NOW - 50_000), null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..//x", "../", "d//../..", "..//", "d/..//x", "./..//x", "//etc", "/etc/"})
    void slashesHideNoWayOut(String target) throws Exception {
        givenInBucket("l.rclonelink", target, 10);
        givenInBucket("f", "f", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures().get(0).reason()).contains("may lie outside");
        assertThat(Files.exists(destination.resolve("l"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "../x, 1, false",
        "../../x, 1, true",
        "../../x, 2, false",
        "a/b, 0, false",
        "a/.., 5, true",
        "., 0, false"
    })
    void onlyNamesMayFollowTheWayUp(String target, int directories, boolean leadsOut) {
        assertThat(LinkTarget.mayLeadOut(Path.of(target), directories)).isEqualTo(leadsOut);
    }

    /** A name that is both a link and a directory, and what would be written through it. */
    @Test
    void nothingIsEverWrittenThroughALink() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        givenInBucket("out.rclonelink", outside.toString(), 10);
        givenInBucket("out/evil", "evil", 10);
        givenInBucket("out/sub/evil", "evil", 10);
        givenInBucket("twice", "a file", 10);
        givenInBucket("twice.rclonelink", "elsewhere", 10);

        for (int i = 0; i < 2; i++) {
            syncIncompletely(bucketUri(), destination, "preserve=allSymlinks", "workers=4", DELETE);

            assertThat(listing(outside)).isEmpty();
            assertThat(Files.readSymbolicLink(destination.resolve("out"))).isEqualTo(outside);
            assertThat(destination.resolve("twice")).isRegularFile().hasContent("a file");
        }
        B2.emulator().state().hide(bucket, "out.rclonelink");
        B2.emulator().state().hide(bucket, "twice.rclonelink");
        // The link goes with the removals, and what it was in the way of comes behind them.
        sync(bucketUri(), destination, "preserve=allSymlinks", DELETE);
        assertThat(listing(outside)).isEmpty();
        assertThat(tree(destination)).containsOnlyKeys("out/evil", "out/sub/evil", "twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {".rclonelink", "d/.rclonelink", "..rclonelink", "...rclonelink", "d/...rclonelink"})
    void linksWithoutANameAreRefused(String name) throws Exception {
        givenInBucket(name, "target", 10);
        givenInBucket("d/f", "f", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures()).extracting(Problem::path).containsExactly(name);
        assertThat(listing(destination)).containsOnlyKeys("d", "d/f");
    }

    @Test
    void whatIsNoTargetIsRefused() throws Exception {
        givenInBucket("empty.rclonelink", "", 10);
        givenInBucket("long.rclonelink", "x".repeat(4_096), 10);
        givenInBucket("nul.rclonelink", "a\0b", 10);
        B2.emulator().state().put(bucket, "bytes.rclonelink", new byte[] {(byte) 0xc3, 0x28});

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("empty.rclonelink", "long.rclonelink", "nul.rclonelink", "bytes.rclonelink");
        assertThat(listing(destination)).isEmpty();
    }

    @Test
    void linkThatChangedIsReplacedAndOneThatVanishedIsRemovedWithoutWhatItLeadsTo() throws Exception {
        Path outside = given(temp, "outside", "outside", 100);
        given("keep", 100);
        link(source, "changes", "keep", 100);
        link(source, "goes", "keep", 100);
        sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);
        Files.delete(source.resolve("changes"));
        link(source, "changes", "elsewhere", 50);
        Files.delete(source.resolve("goes"));
        link(destination, "extra", outside.toString(), 100);

        sync(source.toString(), bucketUri(), LINKS, DELETE);
        assertThat(bucketTree()).containsOnlyKeys("keep", "changes.rclonelink");
        Path backup = temp.resolve("backup");
        sync(bucketUri(), destination, LINKS, DELETE, "backupDir=" + backup);

        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(outside).hasContent("outside");
        assertThat(Files.readSymbolicLink(backup.resolve("changes.rclonelink"))).isEqualTo(Path.of("keep"));
        assertThat(Files.readSymbolicLink(backup.resolve("goes.rclonelink"))).isEqualTo(Path.of("keep"));
        assertThat(Files.readSymbolicLink(backup.resolve("extra.rclonelink"))).isEqualTo(outside);
    }

    @Test
    void fileAndLinkTakeEachOthersPlaces() throws Exception {
        given("wasFile", 100);
        link(source, "wasLink", "wasFile", 100);
        sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);
        Files.delete(source.resolve("wasFile"));
        Files.delete(source.resolve("wasLink"));
        given("wasLink", 50);
        link(source, "wasFile", "wasLink", 50);

        sync(source.toString(), bucketUri(), LINKS, DELETE);
        sync(bucketUri(), destination, LINKS, DELETE);

        assertThat(listing(destination)).isEqualTo(listing(source));
    }

    @Test
    void fileThatIsCalledLikeALinkIsRefusedAtTheSource() throws Exception {
        given("f.rclonelink", 100);
        given("d.rclonelink/f", 100);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), LINKS);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("f.rclonelink");
        assertThat(bucketTree()).containsOnlyKeys("d.rclonelink/f");
    }

    /** A run without links has stored it, and what is stored of it stays. */
    @Test
    void fileThatIsCalledAsALinkBesideItIsStoredKeepsWhatIsStoredOfIt() throws Exception {
        given("x.rclonelink", 100);
        given("f", 100);
        sync(source.toString(), bucketUri());
        link(source, "x", "f", 50);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), LINKS, DELETE);

        assertThat(report.failures()).extracting(Problem::path).containsOnly("x.rclonelink");
        assertThat(report.failures())
                .extracting(Problem::reason)
                .anyMatch(reason -> reason.contains("rename one of them"));
        assertThat(bucketTree()).isEqualTo(Map.of("x.rclonelink", "x.rclonelink", "f", "f"));
        assertThat(B2.emulator().state().versions(bucket, "x.rclonelink")).hasSize(1);
        Files.delete(source.resolve("x.rclonelink"));
        sync(source.toString(), bucketUri(), LINKS, DELETE);
        assertThat(bucketTree()).isEqualTo(Map.of("x.rclonelink", "f", "f", "f"));
    }

    /** They came down before links were asked for: nobody may take them for links, or remove them, and they are told. */
    @Test
    void filesOfTheDestinationThatAreCalledLikeLinksAndMarkersStayAndAreTold() throws Exception {
        given("f", 100);
        link(source, "x", "f", 100);
        Files.createDirectory(source.resolve("e"));
        sync(source.toString(), bucketUri(), "preserve=symlinks,emptyDirs");
        sync(bucketUri(), destination);
        assertThat(tree(destination)).containsOnlyKeys("f", "x.rclonelink", "e/.bzEmpty");
        given(destination, "extra.rclonelink", "extra", 10);
        given(destination, "full/.bzEmpty", "", 10);

        SyncReport report = sync(bucketUri(), destination, "preserve=symlinks,emptyDirs", DELETE);

        assertThat(report.isComplete()).isTrue();
        assertThat(report.skips())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("x.rclonelink", "extra.rclonelink", "e/.bzEmpty", "full/.bzEmpty");
        assertThat(report.skips().get(0).reason()).contains("is left alone").contains("give it another name");
        assertThat(Files.readSymbolicLink(destination.resolve("x"))).isEqualTo(Path.of("f"));
        assertThat(tree(destination))
                .isEqualTo(Map.of(
                        "f",
                        "f",
                        "x",
                        "f",
                        "x.rclonelink",
                        "f",
                        "extra.rclonelink",
                        "extra",
                        "e/.bzEmpty",
                        "",
                        "full/.bzEmpty",
                        ""));
    }

    /** A link is of the user, too: where nothing is removed, no file takes its place. */
    @Test
    void linkInThePlaceOfAFileStaysWhereNothingIsRemoved() throws Exception {
        link(destination, "a", "mine", 10);
        givenInBucket("a", "a", 100);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures().get(0).reason()).contains("is a link, so no file of that name can be stored");
        assertThat(Files.readSymbolicLink(destination.resolve("a"))).isEqualTo(Path.of("mine"));
        sync(bucketUri(), destination, LINKS, DELETE);
        assertThat(destination.resolve("a")).hasContent("a").isRegularFile();
    }

    @Test
    void linkOfAnotherTargetIsAnotherContentForAComparisonByDigest() throws Exception {
        link(source, "a", "one", 100);
        sync(source.toString(), bucketUri(), LINKS);
        Files.delete(source.resolve("a"));
        link(source, "a", "two", 100);

        assertThat(sync(source.toString(), bucketUri(), LINKS).actions()).isZero();
        assertThat(sync(source.toString(), bucketUri(), LINKS, "compareMode=sha1")
                        .actions())
                .isOne();
        assertThat(bucketTree()).containsEntry("a.rclonelink", "two");
    }

    @Test
    void optionsThatContradictIt() {
        assertThatThrownBy(() -> context.getEndpoint(uri(source, bucketUri(), LINKS, "symlinks=skip")))
                .hasStackTraceContaining("it stores links as links, and symlinks or excludeAllSymlinks says otherwise");
        assertThatThrownBy(() -> context.getEndpoint(uri(
                        source,
                        bucketUri(),
                        LINKS,
                        "mode=work",
                        "resultEndpoint=direct:results",
                        "planKey=RAW(a key for plans of tests)")))
                .hasStackTraceContaining(
                        "Option preserve=symlinks cannot store links or directories over several machines");
    }

    /** What a plan of a file made is what a run would have made. */
    @Test
    void planOfAFileMakesLinksToo() throws Exception {
        givenInBucket("f", "f", 10);
        givenInBucket("l.rclonelink", "f", 10);
        String[] options = {LINKS, "planFile=" + temp.resolve("plan.jsonl"), "planKey=RAW(a key for plans of tests)"};
        sync(bucketUri(), destination, with(options, "mode=plan"));
        assertThat(destination).doesNotExist();

        sync(bucketUri(), destination, with(options, "mode=apply"));

        assertThat(Files.readSymbolicLink(destination.resolve("l"))).isEqualTo(Path.of("f"));
    }

    private static String[] with(String[] options, String one) {
        return Stream.concat(Stream.of(options), Stream.of(one)).toArray(String[]::new);
    }

    @Test
    void aDryRunMakesNone() throws Exception {
        givenInBucket("l.rclonelink", "f", 10);

        sync(bucketUri(), destination, LINKS, "dryRun=true");

        assertThat(destination).doesNotExist();
        assertThat(lines()).containsExactly("dnload l.rclonelink");
    }

    /** What a link leads to is never what its names stand for, even of that size and time. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "edited"})
    void filesTakeThePlaceOfALinkThatLeadsToTheirLikes(String content) throws Exception {
        given(source, "full/a", "a", 100);
        given(source, "full/b", "b", 100);
        given("k", 100);
        link(source, "w", "full", 100);
        sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);
        Files.delete(source.resolve("w"));
        given(source, "w/a", content, 100);
        given(source, "w/b", "b", 100);

        sync(source.toString(), bucketUri(), LINKS, DELETE);
        sync(bucketUri(), destination, LINKS, DELETE);

        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(sync(destination.toString(), bucketUri(), LINKS, DELETE).actions())
                .isZero();
    }

    @Test
    void withoutRemovalsFilesBelowALinkAreProblems() throws Exception {
        Path outside = given(temp, "outside/f", "SECRT", 10);
        link(destination, "w", "../outside", 10);
        givenInBucket("w/f", "OTHER", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("w/f");
        assertThat(report.failures().get(0).reason()).contains("w is a link: nothing is written");
        assertThat(outside).hasContent("SECRT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "w", "k", "nowhere"})
    void directoryThatBecameALinkGoesFromTheBucket(String target) throws Exception {
        given(source, "full/a", "a", 100);
        given(source, "w/a", "a", 100);
        given("k", 100);
        sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);
        Files.delete(source.resolve("w/a"));
        Files.delete(source.resolve("w"));
        link(source, "w", target, 50);

        sync(source.toString(), bucketUri(), LINKS, DELETE);
        sync(bucketUri(), destination, LINKS, DELETE);

        assertThat(bucketTree()).containsOnlyKeys("full/a", "k", "w.rclonelink");
        assertThat(listing(destination)).isEqualTo(listing(source));
    }

    /** What it leaves out of the source, and stores in no other form, stays. */
    @ParameterizedTest
    @CsvSource({
        "follow, 'broken.rclonelink,e/.bzEmpty,f,l,m/f,x.rclonelink/f'",
        "skip, 'broken.rclonelink,e/.bzEmpty,f,l.rclonelink,m.rclonelink,x.rclonelink/f'"
    })
    void aRunWithoutTheOptionKeepsTheLinksThatItLeavesOut(String symlinks, String names) throws Exception {
        given("f", 100);
        given("x.rclonelink/f", 100);
        Files.createDirectories(source.resolve("e"));
        link(source, "broken", "nowhere", 100);
        link(source, "l", "f", 100);
        link(source, "m", "x.rclonelink", 100);
        link(source, "gone", "nowhere", 100);
        sync(source.toString(), bucketUri(), "preserve=symlinks,emptyDirs");
        Files.delete(source.resolve("gone"));

        sync(source.toString(), bucketUri(), "symlinks=" + symlinks, DELETE);

        assertThat(bucketTree()).containsOnlyKeys(names.split(","));
        sync(source.toString(), bucketUri(), "symlinks=skip", DELETE, "deleteExcluded=true");
        assertThat(bucketTree()).containsOnlyKeys("f", "x.rclonelink/f");
    }

    /** Where the guards let nothing go, what comes last comes all the same. */
    @Test
    void linksAreMadeWhereAFileFailedAndAnotherVanished() throws Exception {
        given(destination, "vanished", "v", 100);
        given(destination, "newer", "newer", 10);
        givenInBucket("newer", "old", 100);
        givenInBucket("l.rclonelink", "newer", 100);

        SyncReport report = syncIncompletely(bucketUri(), destination, LINKS, DELETE);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("newer");
        assertThat(destination.resolve("vanished")).exists();
        assertThat(Files.readSymbolicLink(destination.resolve("l"))).isEqualTo(Path.of("newer"));
    }

    @Test
    void linkStandsBeforeADirectoryOfItsNameInTheBucket() throws Exception {
        given("f", 100);
        given("x.rclonelink/f", 100);
        given("x.rclonelink.d", 100);
        given("z", 100);
        link(source, "x", "f", 100);

        sync(source.toString(), bucketUri(), LINKS);
        sync(bucketUri(), destination, LINKS);

        assertThat(listing(destination)).isEqualTo(listing(source));
        assertThat(sync(source.toString(), bucketUri(), LINKS, DELETE).actions())
                .isZero();
        assertThat(sync(bucketUri(), destination, LINKS, DELETE).actions()).isZero();
    }

    /** Seeds of trees up and down, and of buckets whose names and contents lead anywhere: nothing outside changes. */
    @Test
    void randomTreesAreEqualAndNothingOutsideChanges() throws Exception {
        Path outside = given(temp, "outside/f", "outside", 100).getParent();
        Map<String, String> before = listing(outside);
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Path tree = Files.createDirectory(temp.resolve("tree" + seed));
            Path down = temp.resolve("down" + seed);
            Path hostile = temp.resolve("hostile" + seed);
            String prefix = bucketUri() + "/tree" + seed;
            grow(tree, random, outside);
            sync(tree.toString(), prefix, "preserve=mode,symlinks", "workers=3");
            sync(prefix, down, "preserve=mode,allSymlinks", "workers=3");
            assertThat(listing(down)).as("seed %s", seed).isEqualTo(listing(tree));

            for (int i = 0; i < 25; i++) {
                String name = names(random) + (random.nextBoolean() ? ".rclonelink" : "");
                givenInBucket("hostile" + seed + "/" + name, targets(random, outside), random.nextInt(100));
            }
            for (int i = 0; i < 2; i++) {
                trySync(bucketUri() + "/hostile" + seed, hostile, "preserve=symlinks,mode", "workers=3", DELETE);
                trySync(bucketUri() + "/hostile" + seed, hostile, "preserve=allSymlinks", "workers=3", DELETE);
            }
            assertThat(listing(outside)).as("seed %s", seed).isEqualTo(before);
        }
    }

    private static String names(Random random) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(List.of("a", "b", "a.", "A", "..", ".", "c").get(random.nextInt(7)));
        }
        return String.join("/", parts);
    }

    private static String targets(Random random, Path outside) {
        return List.of("a", "b", "../a", "../../outside", "a/../..", "..", outside.toString(), outside + "/f", ".")
                .get(random.nextInt(9));
    }

    private static void grow(Path tree, Random random, Path outside) throws IOException {
        for (int i = 0; i < 25; i++) {
            Path directory = tree;
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                directory = directory.resolve("d" + random.nextInt(3));
            }
            Path place = directory.resolve(
                    "n" + random.nextInt(30) + List.of("", ".", "-", ".r").get(random.nextInt(4)));
            Files.createDirectories(directory);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (random.nextBoolean()) {
                link(directory, place.getFileName().toString(), targets(random, outside), random.nextInt(100));
            } else {
                given(directory, place.getFileName().toString(), "f" + i, random.nextInt(100));
                Files.setAttribute(place, "unix:mode", 0400 | random.nextInt(0400));
            }
        }
    }

    private static void link(Path root, String name, String target, long secondsAgo) throws IOException {
        Path link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(NOW - secondsAgo * 1000), null, null);
    }

    /** Everything below a directory with its kind, time, permissions and content; links are not followed. */
    private static Map<String, String> listing(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        if (Files.notExists(root)) {
            return all;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.skip(1).toList()) {
                all.put(root.relativize(file).toString(), describe(file));
            }
        }
        return all;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return "directory";
        }
        String time =
                " " + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        return Files.isSymbolicLink(file)
                ? "-> " + Files.readSymbolicLink(file) + time
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8) + time + " "
                        + Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode"));
    }
}
