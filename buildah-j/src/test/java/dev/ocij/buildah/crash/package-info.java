/// What is left of a store when programs die in the middle, work at once, or have no room.
@NullMarked
package dev.ocij.buildah.crash;

import org.jspecify.annotations.NullMarked;
