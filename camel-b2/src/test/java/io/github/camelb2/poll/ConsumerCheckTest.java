// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Options that cannot work keep the route from starting, and the message says what to write. */
class ConsumerCheckTest extends ConsumerTestSupport {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deleteAfterRead=true&moveAfterRead=true | Option moveAfterRead=true | set only one of deleteAfterRead and moveAfterRead",
                "deleteAfterRead=true&hideAfterRead=true | Option hideAfterRead=true | set only one of",
                "hideAfterRead=true&includeHidden=true | Option hideAfterRead=true | its own hide markers",
                "dryRun=true&deleteAfterRead=true | Option dryRun cannot be | it is an option of producers",
                "onlyVersions=old | Option onlyVersions cannot be | it is an option of producers",
                "operation=downloadFile | Option operation cannot be | it is an option of producers",
                "fileExist=Fail | Option fileExist cannot be | it is an option of producers",
                "contentType=text/csv | Option contentType cannot be | it is an option of producers",
                "destinationBucket=other | Option destinationBucket=other | set moveAfterRead=true",
                "destinationBucketPrefix=done/ | Option destinationBucketPrefix=done/ | set moveAfterRead=true",
                "destinationBucketSuffix=.old | Option destinationBucketSuffix=.old | set moveAfterRead=true",
                "removePrefixOnMove=true&prefix=in/ | Option removePrefixOnMove=true | set moveAfterRead=true",
                "moveAfterRead=true&removePrefixOnMove=true&destinationBucket=o | Option removePrefixOnMove=true | set prefix",
                "moveAfterRead=true | Option destinationBucketPrefix= | set destinationBucket to another bucket",
                "moveFailed=failed/ | Option moveFailed=failed/ | would be consumed again",
                "include=RAW(a() | Option include=a( | no regular expression",
                "exclude=RAW([) | Option exclude=[ | no regular expression",
                "startFrom=yesterday | Option startFrom=yesterday | write beginning, now, or an instant",
                "doneFileName=RAW(${date:now}) | Option doneFileName=${date:now} | write a file name",
                "notificationUrl=https://example.com/b2 | Option notificationUrl=https://example.com/b2 | set notifications=true",
                "notificationSecret=abc | Option notificationSecret is set | set notifications=true",
                "notifications=true | Option notificationSecret is missing | the secret that B2 signs",
                "notifications=true&notificationSecret=abc | Option notificationSecret is not 32 letters and digits | the secret that B2 signs",
            })
    void optionIsRefusedByNameAndValue(String options, String what, String advice) {
        assertThatThrownBy(() -> consume(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what.strip())
                .hasMessageContaining(advice.strip());
        assertThat(context().getRouteController().getRouteStatus(ROUTE).isStarted())
                .isFalse();
        assertThat(b2().count("b2_authorize_account")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http://example.com/b2", "example.com/b2", "https://example.com", "ftp://example.com/b2"})
    void addressThatB2CannotReachIsRefused(String url) {
        assertThatThrownBy(() -> consume("notifications=true&notificationSecret=" + SECRET + "&notificationUrl=" + url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option notificationUrl=" + url + " cannot be: write the https address");
    }

    @Test
    void pollCannotBeSwitchedOffTogetherWithTheNotifications() {
        assertThatThrownBy(() -> consume("notifications=true&notificationSecret=" + SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option startScheduler=false cannot be")
                .hasMessageContaining("notifications get lost");
    }

    @Test
    void refusalOfASecretDoesNotShowIt() {
        assertThatThrownBy(() -> consume("notifications=true&notificationSecret=tooShortToWork"))
                .hasMessageNotContaining("tooShortToWork");
    }

    @Test
    void accountCannotBeConsumed() {
        bucket = "*";

        assertThatThrownBy(() -> consume(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a consumer needs one bucket; write b2:bucketName");
    }
}
