package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BillMaking;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.Platform;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Images of scanners, which stay open until this is closed. Nothing is looked up before.
final class ScannerImages implements BillMaking.Sources, Closeable {
  private final Toolbox tools;
  private final Pull pull;
  private @Nullable BaseImages images;

  ScannerImages(Toolbox tools, Pull pull) {
    this.tools = tools;
    this.pull = pull;
  }

  @Override
  public StageImage scanner(String name) throws IOException {
    if (images == null) {
      images = new BaseImages(tools.transports(), tools.policy(), Platform.host(), pull);
    }
    return images.open(name).image();
  }

  @Override
  public void close() throws IOException {
    if (images != null) {
      images.close();
    }
  }
}
