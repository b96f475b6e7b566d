package io.github.camelb2.poll;

/** Words the refusal of an option that cannot work: its name, its value, what to write instead. */
final class Refused {
    private Refused() {}

    static IllegalArgumentException option(String option, Object value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
