/// What `inspect` shows of an image, in skopeo's shape: [dev.ocij.skopeo.inspect.ImageSummary].
@NullMarked
package dev.ocij.skopeo.inspect;

import org.jspecify.annotations.NullMarked;
