// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Where a login is kept, and where a key is taken from when the configuration names none.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.account.InMemoryAccountInfoRepository}: in this JVM only, the default.
 *   <li>{@link io.github.camelb2.account.SqliteAccountInfoRepository}: in the account file of the b2 tool.
 *   <li>{@link io.github.camelb2.account.JdbcAccountInfoRepository}: in tables that several JVMs share.
 *   <li>{@link io.github.camelb2.account.DefaultCredentials}: the key of the environment or of the account file.
 * </ul>
 */
@NullMarked
package io.github.camelb2.account;

import org.jspecify.annotations.NullMarked;
