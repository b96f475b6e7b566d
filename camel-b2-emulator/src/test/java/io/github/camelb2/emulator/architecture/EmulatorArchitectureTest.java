// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.architecture;

import java.util.regex.Pattern;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = EmulatorArchitectureTest.ROOT, importOptions = EmulatorArchitectureTest.WithoutTests.class)
class EmulatorArchitectureTest {

    /** Wherever a build tool puts compiled tests. */
    static final class WithoutTests implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }

    static final String ROOT = "io.github.camelb2.emulator";

    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().matching(ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("a room that can be read alone can be changed alone");

    @ArchTest
    static final ArchRule stateKnowsNoWire = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".state..", ROOT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".http..", ROOT + ".event..", ROOT + ".fault..", "org.apache.hc..")
            .because("the rules of the service are the same whoever carries the requests");

    @ArchTest
    static final ArchRule nothingOfTheComponentIsKnown = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.camelb2", "io.github.camelb2.client..", "org.apache.camel..")
            .because("client and emulator that share code share its errors");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("whoever waits must be woken when the emulator stops");
}
