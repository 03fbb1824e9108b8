// Session values on the wire: printable ASCII in which %XX stands for a byte of the UTF-8 text.
// That is all a service has to know about the gateway, in any language: request headers to read,
// response headers to write.

/** What a response header carries to set a session field. */
export const encode = encodeURIComponent;

/** What a request header says; undefined if the session has no such field. */
export function decode(value) {
  if (value === undefined) {
    return undefined;
  }
  // A percent sign without two hex digits stands for itself, where decodeURIComponent would throw.
  return decodeURIComponent(value.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
}
