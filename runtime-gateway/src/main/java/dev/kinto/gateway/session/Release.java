package dev.kinto.gateway.session;

/**
 * Gives back what was reserved, since it is certain that it will not be stored.
 *
 * @param clientId the client
 * @param claim what was reserved
 */
record Release(String clientId, Claim claim) implements AllowanceOperation {
  static final int KIND = 8;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.text(clientId);
    claim.pack(out);
  }

  static Release unpack(Unpacker in) {
    return new Release(in.text(), Claim.unpack(in));
  }

  @Override
  public Outcome on(Allowances allowances) {
    allowances.release(clientId, claim);
    return Outcome.DONE;
  }
}
