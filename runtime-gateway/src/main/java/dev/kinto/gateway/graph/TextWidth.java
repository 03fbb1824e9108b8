package dev.kinto.gateway.graph;

/**
 * How wide a text is drawn, without a font at hand. The widths are those of DejaVu Sans, the widest
 * of the fonts that the picture asks for, so that no text leaves its box whichever is there.
 */
final class TextWidth {
  /** The advance of the fixed-width font in thousandths of its size. */
  private static final int FIXED = 602;

  private static final int WIDE = 1000;
  private static final int FIRST = ' ';

  /** The advances of bold characters from space to tilde, in thousandths of the size. */
  private static final int[] BOLD = {
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838
  };

  private TextWidth() {}

  /** The width of a text in the bold font. */
  static double bold(String text, double size) {
    return text.codePoints().mapToLong(c -> isAscii(c) ? BOLD[c - FIRST] : WIDE).sum()
        * size
        / 1000;
  }

  /** The width of a text in the fixed-width font. */
  static double fixed(String text, double size) {
    return text.codePoints().mapToLong(c -> isNarrow(c) ? FIXED : WIDE).sum() * size / 1000;
  }

  /** The text, or as much of it as a number of characters allows, with an ellipsis. */
  static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static boolean isAscii(int c) {
    return c >= FIRST && c < FIRST + BOLD.length;
  }

  /** Latin, Greek, Cyrillic and signs; everything beyond may be as wide as a Chinese character. */
  private static boolean isNarrow(int c) {
    return c < 0x1100 || c == '…';
  }
}
