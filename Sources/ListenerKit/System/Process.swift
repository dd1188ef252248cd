#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ends the process.
func endProcess(with status: ExitStatus) -> Never {
    exit(status.rawValue)
}

/// Sleeps until the process ends.
func sleepForever() -> Never {
    while true {
        pause()
    }
}

/// Makes a write to a closed pipe or socket an error of that write, instead of the end of the process.
package func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}

/// Whether somebody sits at the other end of a descriptor.
func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
}
