package import ListenerKit

/// A program as far as the order of starts is concerned.
package struct PlannedProgram: Sendable {
    /// The name of its section.
    package let name: String
    /// The location of its section.
    package let location: ConfigurationLocation
    /// The group of its processes; the first one if it is in several.
    package let group: String
    /// Its processes, as supervisord names and orders them.
    package let processes: [ProcessName]
    /// The index of its first process; the others follow it.
    ///
    /// Indices run through the processes of all programs.
    package let firstProcess: Int
    /// Whether supervisord starts it by itself.
    package let isAutostarted: Bool
    /// `autorestart`.
    package let autorestart: Autorestart
    /// The seconds for which a process has to be up to be RUNNING.
    package let startSeconds: Int
    /// The statuses with which a process is expected to exit.
    package let exitCodes: [Int]
    /// `priority`; nil if it is not given.
    package let priority: Int?

    /// Its gates; nil if it has none, and is ready once it is RUNNING.
    package internal(set) var gates: ProgramGates?
    /// The dialect of the keys by which it is started here; nil if it is not.
    package internal(set) var dialect: StartupDialect?
    /// Its dependencies; it waits for all of them.
    package internal(set) var dependencies: [StartupDependency] = []
    /// Its position among programs that are ready to start at the same time: the lower one starts first.
    package internal(set) var rank = 0
    /// 0 if it is not started here; else one more than the highest level among its parents.
    ///
    /// Nil if an error in the configuration keeps it from ever being started.
    package internal(set) var level: Int? = 0

    /// The program with which the line of `startinorder` ends before it comes to this one; nil if it does not.
    package internal(set) var endOfLine: String?

    /// Whether it is started here; if not, others may wait for it all the same.
    package var isManaged: Bool { dialect != nil }

    /// Why nothing starts it, if neither supervisord nor this listener does; it follows the word "has".
    package var reasonForNoStart: String {
        if let endOfLine {
            "autostart=false, and the startinorder line ends before it, at \(endOfLine)"
        } else {
            "autostart=false, and no key that says when to start it"
        }
    }

    /// The indices of its processes.
    package var processIndices: Range<Int> { firstProcess..<(firstProcess + processes.count) }
}
