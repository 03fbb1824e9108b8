package dev.kinto.gateway.upstream;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Refuses control characters before HttpCore makes spaces of them or lets them through: a bare CR
 * is the end of a line to some clients, and what follows it a header that nobody checked (contract
 * C35). HttpCore's own strict parser refuses white space before the colon.
 */
final class StrictLineParser extends BasicLineParser {

  @Override
  public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
    refuseControls(line);
    return super.parseStatusLine(line);
  }

  @Override
  public Header parseHeader(CharArrayBuffer line) throws ParseException {
    refuseControls(line);
    return super.parseHeader(line);
  }

  private static void refuseControls(CharArrayBuffer line) throws ParseException {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw new ParseException("a control character in the head");
      }
    }
  }
}
