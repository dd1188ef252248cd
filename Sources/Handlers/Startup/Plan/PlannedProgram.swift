package import ListenerKit

/// A program as far as the order of starts is concerned.
package struct PlannedProgram: Sendable {
    /// The name of its section.
    package let name: String
    /// Where its section begins.
    package let location: ConfigurationLocation
    /// The group of its processes; the first one where it is in several.
    package let group: String
    /// Its processes, as supervisord names and orders them.
    package let processes: [ProcessName]
    /// The number of its first process; the others follow it.
    ///
    /// Numbers run through all programs.
    package let firstProcess: Int
    /// Whether supervisord starts it by itself.
    package let isAutostarted: Bool
    /// `autorestart`.
    package let autorestart: Autorestart
    /// The seconds for which a process has to be up to be RUNNING.
    package let startSeconds: Int
    /// The statuses with which a process is expected to end.
    package let exitCodes: [Int]
    /// `priority`; nil where it is not given.
    package let priority: Int?

    /// By which keys it is started here; nil where it is not.
    package internal(set) var dialect: StartupDialect?
    /// What it waits for; all of it.
    package internal(set) var dependencies: [StartupDependency] = []
    /// Where it stands among programs that can be started at the same moment: the lower one goes first.
    package internal(set) var rank = 0
    /// 0 where it is not started here; else one more than the highest level among its parents.
    ///
    /// Nil where an error in the configuration keeps it from ever being started.
    package internal(set) var level: Int? = 0

    /// The program with which the line of `startinorder` ends before it comes to this one; nil if it does not stand behind
    /// such an end.
    package internal(set) var endOfLine: String?

    /// Whether it is started here; else others may wait for it all the same.
    package var isManaged: Bool { dialect != nil }

    /// Why nothing starts it, if it is neither started here nor by supervisord: it goes on after the word "has".
    package var reasonForNoStart: String {
        if let endOfLine {
            "autostart=false, and the startinorder line ends before it, at \(endOfLine)"
        } else {
            "autostart=false, and no key that says when to start it"
        }
    }

    /// The numbers of its processes.
    package var processIndices: Range<Int> { firstProcess..<(firstProcess + processes.count) }
}
