package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// PKCS #7 enveloped data (RFC 2315), the content encrypted by AES-128-GCM, its key by RSA.
///
/// RFC 5652 does not know this combination, and the peers write the parameters of the content's
/// encryption otherwise than RFC 5084: in a sequence around the sequence, which is marked as a
/// primitive value, the nonce tagged as `[4]`. So this is not left to a library.
final class Pkcs7 {
  private static final int KEY_LENGTH = 16;
  private static final int NONCE_TAG = 4;
  private static final byte[] NOTHING = {};

  private Pkcs7() {}

  /// An envelope that the keys of these certificates open.
  static byte[] seal(byte[] content, List<X509Certificate> certificates) {
    try {
      var key = LayerSecret.random(KEY_LENGTH);
      var recipients = new ASN1Encodable[certificates.size()];
      for (int i = 0; i < recipients.length; i++) {
        recipients[i] = recipient(key, certificates.get(i));
      }
      var data =
          new EnvelopedData(null, new DERSet(recipients), encrypted(content, key), (DERSet) null);
      return new ContentInfo(CMSObjectIdentifiers.envelopedData, data).getEncoded("DER");
    } catch (IOException | GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.INVALID, "encrypt for a certificate: " + Reason.of(e), e);
    }
  }

  /// The content of an envelope, where one of the keys opens it.
  ///
  /// @throws OciException where this is no envelope, or one of a kind that is not known
  static Optional<byte[]> open(byte[] der, List<PrivateKey> keys) {
    try {
      var data = EnvelopedData.getInstance(ContentInfo.getInstance(mended(der)).getContent());
      return StreamSupport.stream(data.getRecipientInfos().spliterator(), false)
          .flatMap(info -> keys.stream().flatMap(key -> contentKey(info, key).stream()))
          .flatMap(key -> decrypted(data.getEncryptedContentInfo(), key).stream())
          .findFirst();
    } catch (OciException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the parser throws whatever comes
      throw new OciException(
          OciException.Category.INVALID, "open PKCS #7: it is not enveloped data", e);
    }
  }

  private static RecipientInfo recipient(byte[] key, X509Certificate certificate)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.WRAP_MODE, certificate.getPublicKey());
    var issuer = X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
    return new RecipientInfo(
        new KeyTransRecipientInfo(
            new RecipientIdentifier(
                new IssuerAndSerialNumber(issuer, certificate.getSerialNumber())),
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
            new DEROctetString(cipher.wrap(new SecretKeySpec(key, "AES")))));
  }

  private static EncryptedContentInfo encrypted(byte[] content, byte[] key) {
    var nonce = LayerSecret.random(Gcm.NONCE_LENGTH);
    var parameters =
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(false, NONCE_TAG, new DEROctetString(nonce)),
              new ASN1Integer(Gcm.TAG_LENGTH)
            });
    var wrapped = new DERSequence(parameters);
    return new EncryptedContentInfo(
        CMSObjectIdentifiers.data,
        new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes128_GCM, wrapped),
        new DEROctetString(Gcm.seal(content, key, nonce, NOTHING)));
  }

  private static Optional<byte[]> contentKey(ASN1Encodable info, PrivateKey key) {
    if (!(RecipientInfo.getInstance(info).getInfo() instanceof KeyTransRecipientInfo wrapped)
        || !(key instanceof RSAPrivateKey)) {
      return Optional.empty();
    }
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, key);
      return Optional.of(cipher.doFinal(wrapped.getEncryptedKey().getOctets()));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> decrypted(EncryptedContentInfo content, byte[] key) {
    var algorithm = content.getContentEncryptionAlgorithm();
    var oid = algorithm.getAlgorithm();
    if (!oid.equals(NISTObjectIdentifiers.id_aes128_GCM)
        && !oid.equals(NISTObjectIdentifiers.id_aes256_GCM)) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "open PKCS #7: content encrypted by %s; expected AES-GCM".formatted(oid));
    }
    var nonce = nonce(ASN1Sequence.getInstance(algorithm.getParameters()).getObjectAt(0));
    return Gcm.open(content.getEncryptedContent().getOctets(), key, nonce, NOTHING);
  }

  private static byte[] nonce(ASN1Encodable written) {
    return switch (written) {
      case ASN1Sequence inner -> nonce(inner.getObjectAt(0));
      case ASN1TaggedObject tagged -> ASN1OctetString.getInstance(tagged, false).getOctets();
      default -> ASN1OctetString.getInstance(written).getOctets();
    };
  }

  /// The envelope with its outer parameters marked as the sequence that they are.
  private static byte[] mended(byte[] der) throws IOException {
    var oid = NISTObjectIdentifiers.id_aes128_GCM.getEncoded();
    var copy = der.clone();
    for (int at = 0; at + oid.length < der.length; at++) {
      int end = at + oid.length;
      if (copy[end] == BERTags.SEQUENCE && Arrays.equals(copy, at, end, oid, 0, oid.length)) {
        copy[end] |= BERTags.CONSTRUCTED;
      }
    }
    return copy;
  }
}
