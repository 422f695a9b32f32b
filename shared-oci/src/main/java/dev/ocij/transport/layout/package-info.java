/// The transport `oci:`, an OCI image layout in a directory: `path[:name|:@index]`.
@NullMarked
package dev.ocij.transport.layout;

import org.jspecify.annotations.NullMarked;
