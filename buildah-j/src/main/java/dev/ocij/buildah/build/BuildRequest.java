package dev.ocij.buildah.build;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.name.Location;
import dev.ocij.spec.Platform;
import dev.ocij.trust.Signer;
import java.util.List;

/// One build, completely described.
///
/// @param files read as one, in this order
/// @param targets where the image goes; nowhere but the store's blobs where empty
/// @param outputs where the files of the image go, too
/// @param docker whether the result has Docker's documents
/// @param env variables that every stage begins with, `NAME=value` each
/// @param squash whether the image has one layer, those of its base included
/// @param finish what the image is beyond its instructions
/// @param runs what RUN gets
/// @param times in what the build makes
/// @param cache which results of earlier builds may stand for steps
/// @param pull when bases are fetched anew
/// @param say what shall be said of the image, beside it
/// @param signers of the image, at each target
/// @param jobs the most stages that are built at the same time
/// @param savedStages what becomes of the images of other stages than the target
public record BuildRequest(
    List<Containerfile> files,
    PlanRequest plan,
    Platform platform,
    List<Location> targets,
    List<FileOutput> outputs,
    boolean docker,
    List<String> env,
    boolean squash,
    Finish finish,
    RunSettings runs,
    Times times,
    CacheSettings cache,
    Pull pull,
    SayRequest say,
    List<Signer> signers,
    int jobs,
    SavedStages savedStages) {
  public BuildRequest {
    files = List.copyOf(files);
    targets = List.copyOf(targets);
    outputs = List.copyOf(outputs);
    env = List.copyOf(env);
    signers = List.copyOf(signers);
  }

  /// The same build anew, all steps of it, going nowhere.
  public BuildRequest again() {
    return new BuildRequest(
        files,
        plan,
        platform,
        List.of(),
        List.of(),
        docker,
        env,
        squash,
        finish,
        runs,
        times,
        new CacheSettings(false, null, List.of(), List.of(), List.of(), List.of()),
        pull,
        say.inImage(),
        List.of(),
        jobs,
        SavedStages.NONE);
  }
}
