package dev.kinto.gateway.grid;

import java.util.Arrays;

/**
 * What is asked of the node that keeps an entry: one byte, the kind, and what belongs to it. The
 * numbers of the kinds never change (contract C37b).
 */
final class Question {
  /** Nothing but what every {@link Reply} says of the node. */
  static final byte STATE = 0;

  /** What is stored. */
  static final byte READ = 1;

  /** To run the operation that follows. */
  static final byte RUN = 2;

  private static final byte[] ONLY_STATE = {STATE};
  private static final byte[] ONLY_READ = {READ};

  private Question() {}

  static byte[] state() {
    return ONLY_STATE;
  }

  static byte[] read() {
    return ONLY_READ;
  }

  static byte[] run(byte[] operation) {
    byte[] question = new byte[1 + operation.length];
    question[0] = RUN;
    System.arraycopy(operation, 0, question, 1, operation.length);
    return question;
  }

  /** What a question to run wants to have run. */
  static byte[] operation(byte[] question) {
    return Arrays.copyOfRange(question, 1, question.length);
  }
}
