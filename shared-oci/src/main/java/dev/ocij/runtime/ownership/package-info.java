/// Owners for containers in a user namespace that has one id only.
///
/// The kernel hands calls about owners and identities over to this process, which answers them from
/// a record: so `chown`, `setuid` and `mknod` work, and `stat` shows what they did. The record
/// stands in extended attributes of the files, where layers find it again. Nobody is kept from
/// anything by it. Start at [dev.ocij.runtime.ownership.OwnerKeeper].
@NullMarked
package dev.ocij.runtime.ownership;

import org.jspecify.annotations.NullMarked;
