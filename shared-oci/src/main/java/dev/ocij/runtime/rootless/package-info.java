/// Runs a bundle without a daemon, a helper process or a second JVM.
///
/// The start of a container is a list of [dev.ocij.runtime.rootless.InitAction], built by
/// [dev.ocij.runtime.rootless.InitPlan] from the configuration alone, lowered to a
/// [dev.ocij.runtime.rootless.SyscallProgram], which the kernel then executes in the child. What
/// the machine allows, and why not more, says [dev.ocij.runtime.rootless.Isolation]. Start at
/// [dev.ocij.runtime.rootless.Runner].
@NullMarked
package dev.ocij.runtime.rootless;

import org.jspecify.annotations.NullMarked;
