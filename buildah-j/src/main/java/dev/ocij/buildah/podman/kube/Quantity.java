package dev.ocij.buildah.podman.kube;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/// An amount of memory or of processors, as Kubernetes writes it: `64Mi`, `1.5`, `500m`.
record Quantity(BigDecimal value) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(m|[kMGTP]|[KMGTP]i|[eE][0-9]{1,2})?");
  private static final String UNITS = "kMGTP";
  private static final int THOUSAND = 1000;
  private static final int BINARY = 1024;

  static Quantity parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new OciException(
          OciException.Category.INVALID,
          "%s is no quantity: expected a number and a unit, as 500m, 1.5, 64Mi or 1G"
              .formatted(Quoted.of(text)));
    }
    var number = new BigDecimal(form.group(1));
    var unit = form.group(2);
    return new Quantity(unit == null ? number : number.multiply(factor(unit)));
  }

  private static BigDecimal factor(String unit) {
    if (unit.equals("m")) {
      return BigDecimal.ONE.movePointLeft(3);
    }
    if (unit.startsWith("e") || unit.startsWith("E")) {
      return BigDecimal.ONE.movePointRight(Integer.parseInt(unit.substring(1)));
    }
    int power = UNITS.indexOf(unit.charAt(0) == 'K' ? 'k' : unit.charAt(0)) + 1;
    return BigDecimal.valueOf(unit.endsWith("i") ? BINARY : THOUSAND).pow(power);
  }

  /// As `--memory` has it.
  String bytes() {
    return value.setScale(0, RoundingMode.CEILING).toPlainString() + "b";
  }

  /// As `--cpus` has it.
  String processors() {
    return value.setScale(3, RoundingMode.CEILING).stripTrailingZeros().toPlainString();
  }
}
