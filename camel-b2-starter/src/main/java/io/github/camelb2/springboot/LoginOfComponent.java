// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Ordered;
import org.apache.camel.spi.ComponentCustomizer;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.api.AccountInfoRepository;

/**
 * Gives the component {@code b2}, and no other account, the repository of logins that {@code camel.b2.login.store} made,
 * unless it has one.
 */
final class LoginOfComponent implements ComponentCustomizer {
    /** The name of the bean. */
    static final String LOGIN = "b2Login";

    private final CamelContext context;

    LoginOfComponent(CamelContext context) {
        this.context = context;
    }

    /** After the options. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return name.equals("b2")
                && target instanceof B2Component b2
                && b2.getConfiguration().getAccountInfoRepository() == null;
    }

    @Override
    public void configure(String name, Component target) {
        AccountInfoRepository login = context.getRegistry().lookupByNameAndType(LOGIN, AccountInfoRepository.class);
        if (login != null) {
            ((B2Component) target).getConfiguration().setAccountInfoRepository(login);
        }
    }
}
