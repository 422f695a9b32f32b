package dev.ocij.trust.simple;

import dev.ocij.trust.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// The parsers of OpenPGP messages, keyrings and gpg's private keys.
public final class SimpleFuzzTargets {
  /// A key `fuzz` (Ed25519) and a message that it signed, as gpg made them; to be looked at only.
  private static final String KEY =
      "9833046b090d3816092b06010401da470f01010740bfb92b3d1a89393c899050e9254540d4303970d40ae8a369"
          + "e6c8baebfcdbcf58b40465644078889004131608003816210496d7ffd67ec005bb8c96066461e76f579a21f541"
          + "05026b090d38021b03050b0908070206150a09080b020416020301021e01021780000a091061e76f579a21f541"
          + "8ec900fe232305f91e5d2a213494ac8ca09bb736827d24ae7008ab01e2053c085a9e178a0100b5e61c2c0deb0a"
          + "021dda7e9322d67393dac80a9efffd4cfecdc0b8aa5a2f9502";

  private static final String MESSAGE =
      "900d0300081661e76f579a21f54101cb0862006b090e3c7b7d887b04001608002316210496d7ffd67ec005bb8c"
          + "96066461e76f579a21f54105026b090e3c051c65644078000a091061e76f579a21f54189ab00fd165e5025b896"
          + "e6b9272bbba247d2dd9aecda894a9ddf8bf74da125eaedd367840100c2cffee4037a07c566e914c15f8654eefe"
          + "1ee06293ad941689acd452b2a01208";

  private static final String AGENT_KEY =
      "Created: 20261127T045520\n"
          + "Key: (protected-private-key (ecc (curve Ed25519)(flags eddsa)(q #40"
          + "00".repeat(32)
          + "#)\n"
          + " (protected openpgp-s2k3-ocb-aes ((sha1 \"\\x41bc\\n\""
          + " \"2729\")#A1AA10DB800756918957C85F#)#6C8F#)\n"
          + " (protected-at \"20261127T045520\")))\n";

  private SimpleFuzzTargets() {}

  public static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget("openpgp-message", List.of(bytes(MESSAGE)), SignedMessage::parse),
        new FuzzTarget(
            "openpgp-keyring", List.of(bytes(KEY)), bytes -> Keyring.parse(List.of(bytes))),
        new FuzzTarget(
            "agent-key",
            List.of(
                AGENT_KEY.getBytes(StandardCharsets.ISO_8859_1),
                "(11:private-key(3:rsa(1:n1:a)))".getBytes(StandardCharsets.ISO_8859_1)),
            SimpleFuzzTargets::agentKey));
  }

  /// Damage of these files is told by one exception, which the home takes for "ask gpg".
  private static void agentKey(byte[] bytes) {
    try {
      AgentKey.parse(bytes).ifPresent(AgentKey::isProtected);
    } catch (IllegalArgumentException _) {
      // refused
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
