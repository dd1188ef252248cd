#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ends the process.
func endProcess(with status: ExitStatus) -> Never {
    exit(status.rawValue)
}

/// The file that this process runs; where /proc is missing, what it was called by.
package func executablePath() -> String {
    destination(ofLink: "/proc/self/exe") ?? processArguments().first ?? ""
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

/// The arguments that the process was started with, the program first.
///
/// The standard library reads them from /proc, which an empty root directory does not have. The kernel puts them right below
/// the environment, behind their number.
func processArguments() -> [String] {
    let arguments = CommandLine.arguments
    guard arguments.first?.isEmpty ?? true else {
        return arguments
    }
    let end = environ - 1
    let most = 4096
    guard let count = (0...most).first(where: { UInt(bitPattern: (end - $0 - 1).pointee) == UInt($0) }) else {
        return []
    }
    return (0..<count).compactMap { (end - count + $0).pointee.map { String(cString: $0) } }
}
