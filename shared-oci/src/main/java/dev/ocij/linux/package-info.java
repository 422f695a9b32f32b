/// Linux as the kernel shows it: the only native code of the project.
///
/// [dev.ocij.linux.Syscalls] makes system calls and starts processes that begin their life with a
/// list of them; [dev.ocij.linux.LinuxSyscalls] does it, tests record it. What is called is plain
/// data ([dev.ocij.linux.SystemCall]), so that no other package touches native memory. Sockets that
/// are files ([dev.ocij.linux.UnixSocketFactory]) need none of it.
@NullMarked
package dev.ocij.linux;

import org.jspecify.annotations.NullMarked;
