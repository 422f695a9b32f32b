/// Go's templates, as `--format` takes them: text/template and the functions that peers add, over
/// values as Go prints them.
///
/// Start at [GoTemplate]. A template is applied to JSON; [GoSeen] nodes are what a Go program shows
/// otherwise: structs, maps, lists and times.
@NullMarked
package dev.ocij.term.template;

import org.jspecify.annotations.NullMarked;
