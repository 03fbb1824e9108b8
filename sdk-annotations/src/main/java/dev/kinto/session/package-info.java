/**
 * Session values as generated code reads and writes them: from and to the wire form of contract C5,
 * with the types of C4. The door is {@link dev.kinto.session.SessionField}; authors of handlers
 * meet only the classes that the processor generates, and {@link
 * dev.kinto.session.SessionValueException}.
 */
@NullMarked
package dev.kinto.session;

import org.jspecify.annotations.NullMarked;
