// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.ChainElement;
import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** HttpClient is shown no path where it looks for passwords; everybody else is. */
class RequestPathTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static void logIn(DefaultCamelContext context, String realm, String id, String key) {
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(realm);
        options.setApplicationKeyId(id);
        options.setApplicationKey(key);
        options.setRetryTimeout(0);
        context.start();
    }

    private void watch(HttpComponent component) {
        component.setHttpClientConfigurer(builder -> {
            builder.addRequestInterceptorLast(
                    (request, entity, httpContext) -> seen.add("interceptor " + request.getPath()));
            builder.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "before", (request, scope, chain) -> {
                seen.add("before " + request.getPath());
                return chain.proceed(request, scope);
            });
            builder.addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "after", (request, scope, chain) -> {
                seen.add("after " + request.getPath());
                return chain.proceed(request, scope);
            });
        });
    }

    @Test
    void interceptorsOfTheUserSeeThePathAndSoDoesTheService() throws Exception {
        try (B2Emulator b2 = B2Emulator.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            watch(context.getComponent("https", HttpComponent.class));
            logIn(context, b2.url(), b2.applicationKeyId(), b2.applicationKey());
            String bucket = "path-of-requests";
            context.createProducerTemplate()
                    .requestBody("b2:" + bucket + "?operation=createBucket", (Object) null, Object.class);
            String name = "a b/ü+?#%2F.txt";
            context.createProducerTemplate()
                    .requestBodyAndHeader("b2:" + bucket, "content", B2Constants.FILE_NAME, name);
            seen.clear();

            String content = context.createProducerTemplate()
                    .requestBodyAndHeader(
                            "b2:" + bucket + "?operation=downloadFile",
                            null,
                            B2Constants.FILE_NAME,
                            name,
                            String.class);

            assertThat(content).isEqualTo("content");
            String path = "/file/" + bucket + "/a%20b/%C3%BC%2B%3F%23%252F.txt";
            assertThat(seen).containsExactly("before " + path, "after " + path, "interceptor " + path);
        }
    }

    @Test
    void proxyIsToldTheWholeAddress() throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        proxy.start();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            HttpComponent component = context.getComponent("https", HttpComponent.class);
            component.setProxyHost(proxy.getAddress().getAddress().getHostAddress());
            component.setProxyPort(proxy.getAddress().getPort());
            logIn(context, "http://b2.invalid", "id", "key");

            Exchange answer = context.createProducerTemplate().request("b2:any?operation=listBuckets", exchange -> {});

            assertThat(answer.getException()).hasMessageContaining("401");
            assertThat(seen).hasSize(1);
            assertThat(seen.get(0)).startsWith("http://b2.invalid/b2api/").endsWith("/b2_authorize_account");
        } finally {
            proxy.stop(0);
        }
    }
}
