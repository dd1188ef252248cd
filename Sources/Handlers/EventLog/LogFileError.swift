import Glibc
import ListenerKit

/// The log's file cannot be opened.
struct LogFileError: Error, Equatable {
    /// The failure and its reason.
    let cause: SystemError
}

extension LogFileError: CustomStringConvertible {
    /// One sentence without a full stop: what went wrong, and what to do about it.
    var description: String {
        "\(cause)\(advice)"
    }

    private var advice: String {
        switch cause.code {
        case ENOENT: "; create the directory first"
        case EACCES: "; run as a user who may write there, or change the permissions"
        case ENXIO: "; a named pipe needs a reader first"
        default: ""
        }
    }
}
