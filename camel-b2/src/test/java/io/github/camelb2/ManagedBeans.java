// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;

/** What JMX shows of one context. */
public final class ManagedBeans {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CamelContext context;

    public ManagedBeans(CamelContext context) {
        this.context = context;
    }

    /** The beans whose name has this property, in no particular order; the value may hold wildcards. */
    public List<ObjectName> named(String property, String value) throws JMException {
        return List.copyOf(server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + "," + property + "=" + value
                        + ",*"),
                null));
    }

    public Object attribute(ObjectName bean, String name) throws JMException {
        return server.getAttribute(bean, name);
    }

    /** Invokes an operation without parameters. */
    public Object invoke(ObjectName bean, String operation) throws JMException {
        return server.invoke(bean, operation, new Object[0], new String[0]);
    }

    /** Invokes an operation with one text. */
    public Object invoke(ObjectName bean, String operation, String text) throws JMException {
        return server.invoke(bean, operation, new Object[] {text}, new String[] {String.class.getName()});
    }

    /** The names of the attributes that the bean has. */
    public List<String> attributes(ObjectName bean) throws JMException {
        List<String> names = new ArrayList<>();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
            if (attribute.isReadable()) {
                names.add(attribute.getName());
            }
        }
        return names;
    }

    /** Each bean's name and every value of it, as text. */
    public List<String> values() throws JMException {
        List<String> values = new ArrayList<>();
        for (ObjectName bean : named("type", "*")) {
            values.add(bean.toString());
            for (String attribute : attributes(bean)) {
                values.add(text(attribute(bean, attribute)));
            }
        }
        return values;
    }

    /** What every operation without parameters answers that dumps something as XML. */
    public List<String> dumps() throws JMException {
        List<String> answers = new ArrayList<>();
        for (ObjectName bean : named("type", "*")) {
            for (MBeanOperationInfo operation : server.getMBeanInfo(bean).getOperations()) {
                if (operation.getName().matches("dump.*Xml") && operation.getSignature().length == 0) {
                    answers.add(operation.getName() + " " + text(invoke(bean, operation.getName())));
                }
            }
        }
        return answers;
    }

    private static String text(Object value) {
        return value != null && value.getClass().isArray()
                ? IntStream.range(0, Array.getLength(value))
                        .mapToObj(i -> text(Array.get(value, i)))
                        .toList()
                        .toString()
                : String.valueOf(value);
    }
}
