import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// One program of a distribution, as its properties file describes it: the file is named like the
/// program.
record Tool(String name, Properties properties) {

  static Tool read(Path file) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return new Tool(file.getFileName().toString().replaceFirst("\\.properties$", ""), properties);
  }

  String main() {
    return value("main");
  }

  /// What the virtual machine is told, when the cache is trained as when the tool runs: a cache
  /// fits only these.
  List<String> flags() {
    return Stream.of(
            machine(),
            accelerated("sun.security.provider.DigestBase::implCompressMultiBlock"),
            accelerated("com.sun.crypto.provider.GaloisCounterMode::implGCMCrypt"),
            accelerated("com.sun.crypto.provider.GHASH::update"),
            accelerated("com.sun.crypto.provider.CounterMode::crypt"))
        .flatMap(List::stream)
        .toList();
  }

  private List<String> machine() {
    return List.of(
        "-Xmx" + value("heap"),
        // What lives is a tenth of it, also in a build of many files; a share of the machine's
        // memory would be filled before anybody looks what is alive, which costs no less.
        "-XX:MaxNewSize=24m",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xlog:disable",
        "-Xlog:all=error:stderr",
        "--enable-native-access=ALL-UNNAMED",
        // What was compiled in training would be compiled at once, and most commands end before
        // that pays: a fifth of a short build.
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-AOTReplayTraining",
        // Otherwise picocli looks for Groovy and opens each jar to do so, a third of the whole
        // start.
        "-Dpicocli.disable.closures=true",
        // The first socket that is a channel would look for somebody else in each jar.
        "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
        // Half of a short command went into compiling what is called a few hundred times.
        "-XX:Tier3InvocationThreshold=1000",
        "-XX:Tier3MinInvocationThreshold=500",
        "-XX:Tier3CompileThreshold=10000",
        // Counters are looked at when they may have come that far, not eight times before.
        "-XX:Tier0InvokeNotifyFreqLog=10",
        "-XX:Tier3InvokeNotifyFreqLog=12",
        "-XX:Tier3BackedgeNotifyFreqLog=15",
        "-XX:Tier23InlineeNotifyFreqLog=20",
        // What moves bytes is the kernel, or accelerated; a sixth of a large copy went into
        // optimising the rest.
        "-XX:Tier4InvocationThreshold=200000",
        "-XX:Tier4MinInvocationThreshold=24000",
        "-XX:Tier4CompileThreshold=600000",
        "-XX:Tier4BackEdgeThreshold=1600000",
        "-XX:CompileCommand=quiet",
        // What the machine has no instructions for.
        scaled("com.sun.crypto.provider.AESCrypt::*", 0.01),
        scaled("org.bouncycastle.crypto.engines.Salsa20Engine::*", 0.1),
        scaled("org.bouncycastle.crypto.generators.SCrypt::*", 0.1),
        // A constructor that is called once is not worth a class of its own.
        "-Djdk.reflect.useNativeAccessorOnly=true");
  }

  /// Digests and ciphers: the machine has instructions for them, which only optimised code uses; a
  /// hash takes twenty times as long without. What calls them is optimised before its second call,
  /// while the caller waits, and stays a method of its own, so that all code comes by it.
  private static List<String> accelerated(String caller) {
    return List.of(
        scaled(caller, 0.000001),
        "-XX:CompileCommand=BackgroundCompilation,%s,false".formatted(caller),
        "-XX:CompileCommand=dontinline," + caller);
  }

  /// Patterns of classes would cost each command as much again as this saves.
  ///
  /// @param scale of all thresholds after which methods are compiled
  private static String scaled(String methods, double scale) {
    return "-XX:CompileCommand=CompileThresholdScaling,%s,%s"
        .formatted(methods, new BigDecimal(Double.toString(scale)).toPlainString());
  }

  /// The lines of arguments that are run to learn which classes the commands of a family need, each
  /// starting with the command; none where the description has none.
  List<String> training(String family) {
    return Stream.of(properties.getProperty("training" + family, "").split(";"))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /// The pattern of a `case` in sh that is called `key`; one that matches nothing where there is
  /// none.
  String pattern(String key) {
    return properties.getProperty(key, "''").replaceAll("\\s+", "");
  }

  private String value(String key) {
    var value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("%s.properties: \"%s\" is missing".formatted(name, key));
    }
    return value;
  }
}
