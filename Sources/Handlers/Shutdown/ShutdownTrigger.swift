import ListenerKit

/// A trigger of a shutdown.
package enum ShutdownTrigger: Equatable, Sendable {
    /// A program is FATAL.
    case fatal
    /// A program has exited by itself, with a status that is not one of its `exitcodes`.
    case unexpectedExit
    /// A program has exited by itself.
    case exit
    /// No program runs, or can still be started by itself.
    case allExited
    /// supervisord restarts a program again and again.
    case crashLoop(CrashLoop)
}

extension ShutdownTrigger: OptionValue {
    /// The words, the last of which stands for many.
    package static var optionWords: [String] {
        ["fatal", "unexpected-exit", "exit", "all-exited", "\(crashLoopPrefix)N/SECONDS"]
    }

    /// The trigger as it would be typed.
    package var optionText: String {
        switch self {
        case .fatal: "fatal"
        case .unexpectedExit: "unexpected-exit"
        case .exit: "exit"
        case .allExited: "all-exited"
        case .crashLoop(let crashLoop): "\(Self.crashLoopPrefix)\(crashLoop)"
        }
    }

    /// Reads a trigger.
    ///
    /// - Parameter optionText: One of the words, with numbers in place of `N/SECONDS`.
    package init?(optionText: String) {
        switch optionText {
        case "fatal": self = .fatal
        case "unexpected-exit": self = .unexpectedExit
        case "exit": self = .exit
        case "all-exited": self = .allExited
        default:
            guard optionText.hasPrefix(Self.crashLoopPrefix),
                let crashLoop = CrashLoop(optionText.dropFirst(Self.crashLoopPrefix.count))
            else {
                return nil
            }
            self = .crashLoop(crashLoop)
        }
    }

    private static let crashLoopPrefix = "crash-loop="
}
