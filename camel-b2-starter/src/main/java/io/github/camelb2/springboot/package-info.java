// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Spring Boot: the options of {@code b2:} and {@code b2-sync:} from {@code camel.component.*}.
 *
 * <ul>
 *   <li>{@code B2AutoConfiguration}: everything that an application gets.
 *   <li>{@code ComponentOptions}: hands the properties of a component to it, and of no other.
 *   <li>{@code LoginOfComponent}: gives b2 the repository of logins that a property asks for.
 *   <li>{@code OptionNames}: refuses properties that name no option.
 *   <li>{@code StarterProperties}: refuses properties of its own that nothing reads.
 *   <li>{@code SecretsInReports}: masks secrets in Actuator's reports.
 *   <li>{@code B2ComponentProperties}, {@code B2SyncComponentProperties}: made from the components' metadata, see
 *       {@code GeneratedFilesTest}.
 * </ul>
 */
@NullMarked
package io.github.camelb2.springboot;

import org.jspecify.annotations.NullMarked;
