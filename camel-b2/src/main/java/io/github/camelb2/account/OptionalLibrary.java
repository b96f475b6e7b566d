// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

/** The libraries that a repository needs and that this component does not bring along. */
enum OptionalLibrary {
    CAMEL_SQL(
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.apache.camel:camel-sql",
            " (under Quarkus, org.apache.camel.quarkus:camel-quarkus-sql has all of it)"),
    SQLITE("org.sqlite.JDBC", "org.xerial:sqlite-jdbc", "");

    private final String className;
    private final String artifact;
    private final String whole;

    OptionalLibrary(String className, String artifact, String whole) {
        this.className = className;
        this.artifact = artifact;
        this.whole = whole;
    }

    /**
     * Does nothing when the library is there, with what it depends on.
     *
     * @throws IllegalStateException if it is absent or not whole, naming the artifact to add
     */
    void require(String neededBy) {
        try {
            Class.forName(className, false, OptionalLibrary.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    neededBy + " needs " + artifact + ", which is not on the classpath: add it to the dependencies",
                    absent);
        } catch (NoClassDefFoundError partial) {
            String missing = String.valueOf(partial.getMessage()).replace('/', '.');
            throw new IllegalStateException(
                    neededBy + " needs " + artifact + ", which is on the classpath without " + missing
                            + ": add what it depends on" + whole,
                    partial);
        }
    }
}
