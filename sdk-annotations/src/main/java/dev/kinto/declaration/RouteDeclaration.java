package dev.kinto.declaration;

import dev.kinto.manifest.Version;

/**
 * A route as its author declared it, unchecked.
 *
 * @param method the HTTP method
 * @param path the path below the microservice
 * @param name the route's name, given or derived by the reader
 * @param wording what is said to people
 * @param fields the fields of calls and answers, session fields among them
 * @param rotatesToken whether success gives the session a new token
 */
public record RouteDeclaration(
    Text method,
    Text path,
    Text name,
    Wording wording,
    FieldDeclarations fields,
    boolean rotatesToken) {

  /** The same with other fields. */
  public RouteDeclaration withFields(FieldDeclarations others) {
    return new RouteDeclaration(method, path, name, wording, others, rotatesToken);
  }

  /** The same with another name. */
  public RouteDeclaration withName(String other) {
    return new RouteDeclaration(method, path, name.with(other), wording, fields, rotatesToken);
  }

  /** Its version for comparisons: what is absent or unreadable is the lowest. */
  Version version() {
    return wording.version().flatMap(text -> Version.parse(text.value())).orElse(Version.NONE);
  }
}
