package dev.kinto.processor;

import dev.kinto.declaration.Position;
import javax.lang.model.element.Element;

/**
 * A place in the Javadoc of an element. Where the compiler cannot point at it, the message names
 * line and column.
 *
 * @param element whose Javadoc it is
 * @param line in the comment's text, from 1
 * @param column in that line, from 1
 */
record CommentPosition(Element element, int line, int column) implements Position {

  @Override
  public String toString() {
    return "line " + line + ", column " + column + " of the Javadoc";
  }
}
