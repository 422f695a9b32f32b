/// From instructions to what a builder does: stages and what they need of one another, and the
/// steps of a stage.
///
/// [dev.ocij.buildah.plan.StageGraph] groups the instructions and tells which stages are needed;
/// [dev.ocij.buildah.plan.Lowering] turns each instruction of a stage into a
/// [dev.ocij.buildah.plan.Step], expanded, against a [dev.ocij.buildah.plan.StageState]. Pure: no
/// file is read, nothing is executed.
@NullMarked
package dev.ocij.buildah.plan;

import org.jspecify.annotations.NullMarked;
