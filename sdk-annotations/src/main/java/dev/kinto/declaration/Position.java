package dev.kinto.declaration;

/**
 * Where an author wrote something: an annotation value for the processor, a line and column for the
 * apidoc dialect. Rules only carry it; who reads the declarations knows how to show it. {@code
 * toString()} names the place for people.
 */
public interface Position {}
