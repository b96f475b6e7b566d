// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.architecture;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.apache.camel.Exchange;

import io.github.camelb2.client.retry.Sleeper;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(
        packages = "io.github.camelb2",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutEmulator.class})
class ArchitectureTest {
    /** The emulator is a module of its own that happens to share the root package. */
    static final class WithoutEmulator implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/io/github/camelb2/emulator/");
        }
    }

    private static final String ROOT = "io.github.camelb2";
    private static final String CLIENT = ROOT + ".client";

    /** What {@code B2Exception} implements so that Camel reads its HTTP status. */
    private static final DescribedPredicate<JavaClass> HTTP_RESPONSE_AWARE = simpleName("HttpResponseAware");

    @ArchTest
    static final ArchRule clientKnowsNoHost = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.apache.camel..", "org.springframework..", "java.sql..", "javax.sql..")
                            .and(not(HTTP_RESPONSE_AWARE)))
            .because("the client can then become a module of its own by moving it");

    @ArchTest
    static final ArchRule onlyTheExceptionIsKnownToCamel = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .and()
            .doNotHaveSimpleName("B2Exception")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because("Camel's health checks read the status of an exception, and nothing else of the client");

    @ArchTest
    static final ArchRule clientDoesNotKnowTheComponent = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ROOT, ROOT + ".account..", ROOT + ".lending..", ROOT + ".operation..", ROOT + ".poll.."))
            .because("the component is built on the client, not the other way round");

    @ArchTest
    static final ArchRule apiIsTheLeaf = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".api..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT + "..").and(not(resideInAnyPackage(CLIENT + ".api.."))))
            .because("what is promised to users must not drag in how it is done");

    @ArchTest
    static final ArchRule modelKnowsOnlyTheApi = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".model..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT + "..")
                    .and(not(resideInAnyPackage(CLIENT + ".api..", CLIENT + ".model.."))))
            .because("values know nothing of calls, retries and connections");

    @ArchTest
    static final ArchRule callsDoNotKnowHowTheyAreSent = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".call..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(CLIENT, CLIENT + ".http..", CLIENT + ".retry..", CLIENT + ".transfer.."))
            .because("a call is a value that can be sent any number of times");

    @ArchTest
    static final ArchRule retriesDoNotKnowWhatTheyRetry = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".retry..")
            .and()
            .doNotHaveSimpleName("LostAnswers")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(CLIENT, CLIENT + ".http..", CLIENT + ".call..", CLIENT + ".transfer.."))
            .because("there is one loop for all calls, and its decisions are tested without a network");

    @ArchTest
    static final ArchRule transportDoesNotKnowTheCalls = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT, CLIENT + ".call..", CLIENT + ".transfer.."))
            .because("the transport sends one request and never decides what it means");

    @ArchTest
    static final ArchRule transfersDoNotKnowTheFacade = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".transfer..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT))
            .because("the facade is built on transfers, not the other way round");

    @ArchTest
    static final ArchRule httpClientHasOneHome = noClasses()
            .that()
            .resideOutsideOfPackage(CLIENT + ".http..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".lending.CamelHttpClient")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..")
            .because("another HTTP library must cost one package and the class that takes the client from Camel HTTP");

    @ArchTest
    static final ArchRule roomsOfTransfersHaveNoCycles = slices().matching(CLIENT + ".transfer.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each room is read without those that use it");

    @ArchTest
    static final ArchRule roomsOfTransfersDoNotKnowTheirWayIn = noClasses()
            .that()
            .resideInAPackage(CLIENT + ".transfer.*..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT + ".transfer"))
            .because("the way in is built on the rooms, not the other way round");

    @ArchTest
    static final ArchRule clientHasNoCycles = slices().matching(CLIENT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    /** Each room with the rooms below it, and the root, which is one as well. */
    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String room = type.getPackageName();
                    if (!(room + ".").startsWith(ROOT + ".")) {
                        return SliceIdentifier.ignore();
                    }
                    String below = room.substring(ROOT.length());
                    return SliceIdentifier.of(below.isEmpty() ? "root" : below.split("\\.")[1]);
                }

                @Override
                public String getDescription() {
                    return "the rooms of the component";
                }
            })
            .should()
            .beFreeOfCycles()
            .because("the endpoint is given what makes its producers and consumers, which know it");

    @ArchTest
    static final ArchRule exchangeStaysInTheComponent = noClasses()
            .that()
            .resideInAnyPackage(CLIENT + "..", ROOT + ".account..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Exchange.class)
            .because("only the slice that Camel calls may know what an exchange is");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .that()
            .areNotAssignableTo(Sleeper.class)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .because("a wait must end when the thread is interrupted or the client is closed, and tests must not wait");

    /** Wiring hands {@code InstantSource.system()} on; nobody asks a clock of its own what time it is. */
    @ArchTest
    static final ArchRule timeIsPassedIn =
            noClasses().should().callMethodWhere(readsTheSystemClock()).because("tests decide what time it is");

    private static DescribedPredicate<JavaCall<?>> readsTheSystemClock() {
        return DescribedPredicate.describe("reads the system's clock", call -> {
            String name = call.getName();
            JavaClass owner = call.getTargetOwner();
            boolean millis = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
            boolean now = name.equals("now")
                    && call.getTarget().getRawParameterTypes().isEmpty()
                    && (owner.isEquivalentTo(Instant.class)
                            || owner.isEquivalentTo(LocalDate.class)
                            || owner.isEquivalentTo(LocalDateTime.class)
                            || owner.isEquivalentTo(OffsetDateTime.class)
                            || owner.isEquivalentTo(ZonedDateTime.class));
            boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
            boolean date = owner.isEquivalentTo(Date.class)
                    && name.equals("<init>")
                    && call.getTarget().getRawParameterTypes().isEmpty();
            return millis || now || clock || date;
        });
    }

    /** The classes that put things together, and nobody else, take the system's clock. */
    @ArchTest
    static final ArchRule clockIsTakenInWiringOnly = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(CLIENT + ".B2ClientBuilder")
            .and()
            // Beans that users make, as they make the repositories of accounts.
            .doNotHaveFullyQualifiedName(ROOT + ".poll.JdbcConsumedRepository")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".operation.replication.ReplicationHealthCheck")
            .and()
            .resideOutsideOfPackages(ROOT, ROOT + ".account..", ROOT + ".lending..")
            .should()
            .callMethod(InstantSource.class, "system")
            .because("tests decide what time it is");
}
