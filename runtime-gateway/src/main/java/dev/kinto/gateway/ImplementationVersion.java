package dev.kinto.gateway;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar, as its manifest says. */
final class ImplementationVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = getClass().getPackage().getImplementationVersion();
    return new String[] {"Kinto Gateway " + (version == null ? "(not packaged)" : version)};
  }
}
