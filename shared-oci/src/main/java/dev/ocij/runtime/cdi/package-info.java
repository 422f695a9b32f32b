/// The Container Device Interface: files in which vendors say what a container needs for a device,
/// and names that stand for that.
///
/// Start at [dev.ocij.runtime.cdi.DeviceSpecs].
@NullMarked
package dev.ocij.runtime.cdi;

import org.jspecify.annotations.NullMarked;
