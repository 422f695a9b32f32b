package dev.ocij.buildah.build;

import dev.ocij.buildah.context.Downloads;
import dev.ocij.buildah.overlay.StageLayers;

/// What all stages of a build are made with.
record StageTools(
    Stamp stamp,
    StageLayers layers,
    KnownSteps known,
    CopyOrigins origins,
    Downloads downloads,
    Grants grants) {}
