package dev.kinto.gateway.grid;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.apache.ignite.plugin.PluginValidationException;
import org.jspecify.annotations.Nullable;

/**
 * What is ours in a node of Ignite: it is there before the node knows of any other, so that an
 * operation may run on it from its first moment on.
 */
@SuppressWarnings({
  "deprecation",
  "rawtypes"
}) // Ignite asks its older method too, and has raw types
final class NodePlugin implements PluginProvider<PluginConfiguration>, IgnitePlugin {
  private static final String NAME = "kinto";

  private final EntryOperations operations;
  private final Authority authority;
  private final Optional<NodeDisk> disk;
  private @Nullable Owner owner;
  private @Nullable Ignite node;

  /**
   * For one node.
   *
   * @param operations what it does to entries
   * @param authority whether it may, at the moment
   * @param disk where a node of a cluster keeps them besides
   */
  NodePlugin(EntryOperations operations, Authority authority, Optional<NodeDisk> disk) {
    this.operations = operations;
    this.authority = authority;
    this.disk = disk;
  }

  /** That of the node that an operation runs on. */
  static Owner owner(@Nullable Ignite node) {
    if (node == null) {
      throw new IllegalStateException("Ignite did not say on which node this runs.");
    }
    // Not by Ignite.plugin, which a node refuses that is just joining.
    NodePlugin plugin = (NodePlugin) ((IgniteEx) node).context().pluginProvider(NAME);
    return Objects.requireNonNull(plugin.owner);
  }

  @Override
  public void start(PluginContext context) {
    node = context.grid();
    owner =
        new Owner(
            (IgniteEx) context.grid(),
            operations,
            NodeStorage.room(context, disk.map(NodeDisk::folder)),
            authority,
            disk);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Ignite wants it
  public <T extends IgnitePlugin> T plugin() {
    return (T) this;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String copyright() {
    return "";
  }

  @Override
  public void initExtensions(PluginContext context, ExtensionRegistry registry) {
    // There are none.
  }

  @Override
  public <T> @Nullable T createComponent(PluginContext context, Class<T> type) {
    return null;
  }

  @Override
  public @Nullable CachePluginProvider<?> createCacheProvider(CachePluginContext context) {
    return null;
  }

  @Override
  public void stop(boolean cancel) {
    // Nothing of ours runs by itself.
  }

  @Override
  public void onIgniteStart() {
    // All was there before.
  }

  @Override
  public void onIgniteStop(boolean cancel) {
    // Nothing of ours runs by itself.
  }

  @Override
  public @Nullable Serializable provideDiscoveryData(UUID node) {
    return null;
  }

  @Override
  public void receiveDiscoveryData(UUID node, Serializable data) {
    // None is sent.
  }

  @Override
  public void validateNewNode(ClusterNode joining) {
    MemberAttributes.conflict(joining, here().cluster().localNode(), operations.credentials())
        .or(() -> disk.flatMap(each -> each.conflict(joining, authority.hasBegun())))
        .ifPresent(
            text -> {
              throw new PluginValidationException(
                  "A gateway cannot join the grid: " + text, text, joining.id());
            });
  }

  private Ignite here() {
    return Objects.requireNonNull(node);
  }
}
