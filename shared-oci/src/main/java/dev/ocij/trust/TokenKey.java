package dev.ocij.trust;

import dev.ocij.linux.TokenSlots;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/// A private key that stays on its token and signs there, by the JDK's PKCS#11 provider. The
/// provider shows such keys only as have a certificate with the same id beside them; a self-signed
/// one will do.
///
/// @param chain of the certificate, as far as the token has it
public record TokenKey(PrivateKey key, List<X509Certificate> chain) {
  private static final String PROVIDER = "SunPKCS11";
  private static final Pattern CODE = Pattern.compile("CKR_[A-Z0-9_]+");
  private static final AtomicInteger OPENED = new AtomicInteger();

  public TokenKey {
    chain = List.copyOf(chain);
  }

  public PublicKey publicKey() {
    return chain.getFirst().getPublicKey();
  }

  /// Logs in to the token, until the process ends.
  ///
  /// @throws OciException naming the key and never the PIN: of category `UNAUTHORIZED` where the
  ///   token refuses the PIN, `NOT_FOUND` where it has no such key
  public static TokenKey open(TokenUri uri, Passphrase pin) {
    var provider = provider(uri, slot(uri));
    try {
      var store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin.chars());
      var key = store.getKey(uri.object(), null);
      if (!(key instanceof PrivateKey mine)) {
        throw notFound(uri, store);
      }
      Security.addProvider(provider); // where the signatures of the key are looked for
      return new TokenKey(mine, chain(store.getCertificateChain(uri.object())));
    } catch (IOException | GeneralSecurityException | ProviderException e) {
      throw refused(uri, e);
    }
  }

  private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
    return Arrays.stream(certificates == null ? new Certificate[0] : certificates)
        .map(X509Certificate.class::cast)
        .toList();
  }

  private static long slot(TokenUri uri) {
    try {
      var labels = TokenSlots.labels(uri.module());
      var slots =
          labels.keySet().stream()
              .filter(slot -> uri.slot().stream().allMatch(slot::equals))
              .filter(slot -> uri.token().stream().allMatch(labels.getOrDefault(slot, "")::equals))
              .toList();
      if (slots.size() != 1) {
        throw new OciException(
            OciException.Category.NOT_FOUND,
            "open %s: %d tokens are meant; there are %s"
                .formatted(uri, slots.size(), Quoted.escape(labels.values().toString())));
      }
      return slots.getFirst();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: load module \"%s\": %s".formatted(uri, uri.module(), Reason.of(e)),
          e);
    }
  }

  private static Provider provider(TokenUri uri, long slot) {
    // Not asked of Security, whose list a program may have shortened.
    var known =
        ServiceLoader.load(Provider.class, ClassLoader.getPlatformClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.getName().equals(PROVIDER))
            .findAny()
            .orElseThrow(() ->
                new OciException(
                    OciException.Category.UNSUPPORTED,
                    "open %s: this Java runtime lacks the module jdk.crypto.cryptoki"
                        .formatted(uri)));
    var quoted = uri.module().toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return known.configure(
        "--name=ocij%d\nlibrary=\"%s\"\nslot=%d\n"
            .formatted(OPENED.getAndIncrement(), quoted, slot));
  }

  private static OciException notFound(TokenUri uri, KeyStore store)
      throws GeneralSecurityException {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open %s: the token shows no such private key with a certificate; it shows %s"
            .formatted(uri, Quoted.escape(Collections.list(store.aliases()).toString())));
  }

  /// What the provider tells may be anything, so only the module's code is kept.
  static OciException refused(TokenUri uri, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      var code = CODE.matcher(String.valueOf(cause.getMessage()));
      boolean coded = code.lookingAt();
      if (cause instanceof LoginException || (coded && code.group().startsWith("CKR_PIN"))) {
        return new OciException(
            OciException.Category.UNAUTHORIZED, "open %s: the PIN is refused".formatted(uri), e);
      }
      if (coded) {
        return failing(uri, ": " + code.group(), e);
      }
    }
    return failing(uri, ", and does not tell why", e);
  }

  private static OciException failing(TokenUri uri, String why, Exception e) {
    return new OciException(
        OciException.Category.IMPOSSIBLE, "open %s: the token fails%s".formatted(uri, why), e);
  }
}
