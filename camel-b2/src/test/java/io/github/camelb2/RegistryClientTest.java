package io.github.camelb2;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where an endpoint looks for its client before it asks for a key. */
class RegistryClientTest extends B2TestSupport {
    @Test
    void theOnlyClientOfTheRegistryIsTaken() throws Exception {
        String bucket = B2.createBucket();
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration());
                CamelContext other = new DefaultCamelContext()) {
            other.getRegistry().bind("ours", lease.client());
            other.start();

            Exchange answer = upload(other, bucket);

            assertThat(answer.getException()).isNull();
            assertThat(b2().state().names(bucket)).containsExactly("a.txt");
            assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        }
    }

    @Test
    void withoutKeyAndClientTheOptionsToSetAreNamed() throws Exception {
        try (CamelContext other = new DefaultCamelContext()) {
            other.start();

            assertThatThrownBy(() -> upload(other, "some-bucket"))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("camel.component.b2.applicationKeyId")
                    .hasMessageContaining("useDefaultCredentials=true")
                    .hasMessageContaining("b2Client");
        }
    }

    private static Exchange upload(CamelContext context, String bucket) {
        return context.createFluentProducerTemplate()
                .to("b2:" + bucket + "?fileName=a.txt")
                .withProcessor(exchange -> exchange.getMessage().setBody("body"))
                .request(Exchange.class);
    }
}
