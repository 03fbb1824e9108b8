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

  /** To remove what is stored. */
  static final byte REMOVE = 3;

  /** To take the {@link StoredEntry} that follows, from a disk, if it is newer. */
  static final byte GATHER = 4;

  private static final byte[] ONLY_REMOVE = {REMOVE};
  private static final byte[] ONLY_STATE = {STATE};
  private static final byte[] ONLY_READ = {READ};

  private Question() {}

  static byte[] state() {
    return ONLY_STATE;
  }

  static byte[] read() {
    return ONLY_READ;
  }

  static byte[] remove() {
    return ONLY_REMOVE;
  }

  static byte[] run(byte[] operation) {
    return with(RUN, operation);
  }

  static byte[] gather(byte[] entry) {
    return with(GATHER, entry);
  }

  private static byte[] with(byte kind, byte[] content) {
    byte[] question = new byte[1 + content.length];
    question[0] = kind;
    System.arraycopy(content, 0, question, 1, content.length);
    return question;
  }

  /** What belongs to a question. */
  static byte[] content(byte[] question) {
    return Arrays.copyOfRange(question, 1, question.length);
  }
}
