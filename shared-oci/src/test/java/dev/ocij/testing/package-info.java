/// What the tests of all modules share: real registries, installed tools as judges, a base image,
/// ordinary users.
///
/// Start at [DockerRegistry], [Tool] and [Busybox]. What a machine lacks skips the test with a
/// sentence that says what to install, and fails it where OCIJ_REQUIRE_TOOLS=1 says that everything
/// is there (see [Require]).
@NullMarked
package dev.ocij.testing;

import org.jspecify.annotations.NullMarked;
