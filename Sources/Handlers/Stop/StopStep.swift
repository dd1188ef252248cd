package import ListenerKit

/// A step of an ordered stop: what is to be stopped at the same time, and after which other steps.
///
/// A step without processes only joins others: a hundred programs that wait for a group of a hundred make two hundred edges, not ten
/// thousand.
package struct StopStep: Equatable, Sendable {
    /// The name of the program; nil if the step only joins others.
    package let program: String?
    /// Its processes.
    package let processes: [ProcessName]
    /// `stopwaitsecs`: how long its processes may take until supervisord kills them.
    package let seconds: Int
    /// The steps that must be over before, by their indices, which are lower than its own.
    package internal(set) var predecessors: [Int]
}
