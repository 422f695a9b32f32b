/// Changes of images as functions: an [dev.ocij.edit.Edit] turns an artifact into another view of
/// it, without moving a byte; [dev.ocij.edit.Edits] has all of them.
///
/// An edit that changes nothing returns its argument, so that a copied document keeps its bytes.
@NullMarked
package dev.ocij.edit;

import org.jspecify.annotations.NullMarked;
