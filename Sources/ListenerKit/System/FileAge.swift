import Glibc

/// Returns whether a regular file was last written longer ago than some time; false for any other kind of file.
///
/// - Parameters:
///   - path: The path of the file, or of a link to it.
///   - age: The time, such as the age of a process; nil if any file will do.
/// - Returns: Whether it is older.
/// - Throws: ``SystemError``, for example if there is no such file.
package func isFile(_ path: String, olderThan age: Duration?) throws(SystemError) -> Bool {
    var information = stat()
    guard stat(path, &information) == 0 else {
        throw SystemError("look at '\(path)'")
    }
    var now = timespec()
    guard let age, information.st_mode & S_IFMT == S_IFREG, clock_gettime(CLOCK_REALTIME, &now) == 0 else {
        return false
    }
    let written = information.st_mtim
    // Some file systems keep whole seconds.
    let precision = written.tv_nsec == 0 ? Duration.seconds(1) : clockPrecision
    return sinceEpoch(now) - sinceEpoch(written) > age + precision
}

/// The kernel takes both the time of a file and that of a process from a clock that ticks, up to ten milliseconds ago.
private let clockPrecision = Duration.milliseconds(20)

private func sinceEpoch(_ time: timespec) -> Duration {
    .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
