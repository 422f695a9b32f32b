/// The language of Containerfiles: one record per instruction, made from text by its own `parse`.
///
/// [dev.ocij.buildah.instruction.Instruction] lists them; [dev.ocij.buildah.instruction.Keyword]
/// finds the one that a line begins with. Nothing is expanded yet: what may hold variables is kept
/// as [dev.ocij.buildah.text.SourceText].
@NullMarked
package dev.ocij.buildah.instruction;

import org.jspecify.annotations.NullMarked;
