/**
 * What the author of a microservice writes on a handler to say which session fields it reads and
 * sets. The annotations mirror apidoc's tags one to one (contract C8, C9); the processor in
 * sdk-processor turns them into a manifest and typed accessors.
 */
@NullMarked
package dev.kinto.annotations;

import org.jspecify.annotations.NullMarked;
