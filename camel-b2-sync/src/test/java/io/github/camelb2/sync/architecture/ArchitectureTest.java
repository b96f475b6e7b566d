// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.transfer.local.OwnDigits;
import io.github.camelb2.client.transfer.local.TemporaryFile;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.github.camelb2.sync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule planImportsNothingButJava = classes()
            .that()
            .resideInAPackage("..sync.plan..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "..sync.plan..")
            .because("a plan that can do I/O cannot be tested as a table");

    @ArchTest
    static final ArchRule scanKnowsNeitherB2NorCamel = noClasses()
            .that()
            .resideInAPackage("..sync.scan..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.camel..", "io.github.camelb2.client..")
                    .and(not(type(FileNames.class)))
                    .and(not(type(TemporaryFile.class)))
                    .and(not(type(OwnDigits.class))))
            .because("a scan reads a directory, or a listing that somebody else opened; the rules of names have one"
                    + " home");

    @ArchTest
    static final ArchRule onlyTheComponentKnowsCamel = noClasses()
            .that()
            .resideInAnyPackage(
                    "..sync.plan..",
                    "..sync.scan..",
                    "..sync.action..",
                    "..sync.run..",
                    "..sync.distributed..",
                    "..sync.wire..",
                    "..sync.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("a run is the same whether a message, a poll or a route starts it");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.github.camelb2.(sync.*)..")
            .should()
            .beFreeOfCycles()
            .because("each package has to be understood without the ones that use it");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a sleeping thread cannot be told to stop");

    @ArchTest
    static final ArchRule nobodyReadsTheClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("time is passed in as an InstantSource");
}
