import Synchronization

/// Runs a command, and looks at its status.
final class CommandAttempt: Attempt {
    private struct State {
        var child: GroupLeader?
        var output = LastLine()
        var deadline: PollThread.Timer?
        /// How long until the child is looked at again, on a kernel that cannot say when it ends.
        var interval = Duration.milliseconds(2)
        var isOver = false
    }

    private static let longestInterval = Duration.milliseconds(50)

    private let command: ProbeCommand
    private let process: ProcessName
    private let timeout: Duration
    private let users: CommandUsers
    private let turns: Turns
    private let thread: PollThread
    private let report: AttemptReport
    private let state = Mutex(State())

    /// Prepares an attempt.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - process: The process that it is about.
    ///   - timeout: How long it may take from its start.
    ///   - users: Finds out as which user it can be run.
    ///   - turns: Limits how many commands run at the same time.
    ///   - thread: The poll thread.
    ///   - report: Reports the outcome.
    init(
        _ command: ProbeCommand,
        of process: ProcessName,
        timeout: Duration,
        _ users: CommandUsers,
        _ turns: Turns,
        _ thread: PollThread,
        _ report: @escaping AttemptReport
    ) {
        self.command = command
        self.process = process
        self.timeout = timeout
        self.users = users
        self.turns = turns
        self.thread = thread
        self.report = report
    }

    func begin() {
        turns.wait { [self] in start() }
    }

    func cancel() {
        if end() {
            state.withLock { $0.child }?.killAll()
        }
    }

    private func start() -> Bool {
        guard !state.withLock({ $0.isOver }) else {
            return false
        }
        let deadline = thread.schedule(after: timeout) { [self] in timeOut() }
        state.withLock { $0.deadline = deadline }
        do {
            let account = try users.account(command.user, of: process)
            return try start(launch(as: account))
        } catch let error as CommandUsers.UnknownUser {
            finish(.failed("no user '\(error.name)' in /etc/passwd"))
        } catch {
            finish(.failed("\(error)"))
        }
        return false
    }

    private func launch(as account: UserAccount?) -> CommandLaunch {
        let names = ["SUPERVISOR_PROCESS_NAME": process.process, "SUPERVISOR_GROUP_NAME": process.group]
        return CommandLaunch(
            arguments: command.arguments,
            directory: command.directory,
            // As for programs of supervisord, which may set these variables too.
            environment: names.merging(command.environment) { _, own in own },
            account: account
        )
    }

    private func start(_ launch: CommandLaunch) throws(SystemError) -> Bool {
        guard launch.account != nil else {
            return follow(Self.start(launch))
        }
        // Only a thread that ends with it becomes another user.
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in
            let outcome = Self.start(launch)
            thread.perform { [self] in
                if !follow(outcome) {
                    turns.end()
                }
            }
        }
        return true
    }

    private static func start(_ launch: CommandLaunch) -> Result<GroupLeader, LaunchError> {
        Result { () throws(LaunchError) in try launch.start() }
    }

    /// Follows a child until its end.
    ///
    /// - Returns: Whether there is one.
    private func follow(_ outcome: Result<GroupLeader, LaunchError>) -> Bool {
        let child: GroupLeader
        switch outcome {
        case .success(let started):
            child = started
        case .failure(let error):
            finish(.failed(error.description))
            return false
        }
        let isOver = state.withLock { state in
            state.child = child
            return state.isOver
        }
        thread.watch(child.outputDescriptor, for: .readable) { [self] in read() }
        if let descriptor = child.processDescriptor {
            thread.watch(descriptor, for: .readable) { [self] in look() }
        } else {
            look()
        }
        if isOver {
            child.killAll()
        }
        return true
    }

    private func read() {
        guard let child = state.withLock({ $0.child }) else {
            return
        }
        if !readOnce(child) {
            // Nobody can write any more, which is no reason for the child to end.
            thread.unwatch(child.outputDescriptor)
        }
    }

    /// Reads as much as a pipe usually holds.
    ///
    /// - Returns: Whether there may be more at some time.
    private func readOnce(_ child: GroupLeader) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        guard let count = child.readOutput(into: &buffer) else {
            return true
        }
        state.withLock { $0.output.append(buffer[..<count]) }
        return count > 0
    }

    private func look() {
        guard let child = state.withLock({ $0.child }) else {
            return
        }
        guard child.hasEnded else {
            if child.processDescriptor == nil {
                lookAgain()
            }
            return
        }
        if let descriptor = child.processDescriptor {
            thread.unwatch(descriptor)
        }
        thread.unwatch(child.outputDescriptor)
        // Before it is reaped: its group is certainly its own until then. What it has left behind may hold its output open.
        child.killGroup()
        _ = readOnce(child)
        let status = child.reap()
        let output = state.withLock { state in
            state.child = nil
            return state.output.text
        }
        finish(Self.outcome(status, output))
        turns.end()
    }

    private func lookAgain() {
        let interval = state.withLock { state in
            defer { state.interval = min(state.interval * 2, Self.longestInterval) }
            return state.interval
        }
        _ = thread.schedule(after: interval) { [self] in look() }
    }

    private static func outcome(_ status: TerminationStatus?, _ output: String?) -> ProbeOutcome {
        switch status {
        case .exited(0): .passed
        case .exited(let number): .failed(output ?? "exited with status \(number)")
        case .killed(let signal): .failed(output ?? "killed by \(signal)")
        case nil: .failed(output ?? "its status is not known")
        }
    }

    private func timeOut() {
        if end() {
            state.withLock { $0.child }?.killAll()
            report(.timedOut(after: timeout))
        }
    }

    private func finish(_ outcome: ProbeOutcome) {
        if end() {
            report(outcome)
        }
    }

    /// Ends the attempt, but not its child.
    ///
    /// - Returns: Whether it was not over before.
    private func end() -> Bool {
        let (isFirst, deadline) = state.withLock { state in
            defer { state.isOver = true }
            return (!state.isOver, state.deadline.take())
        }
        if let deadline {
            thread.cancel(deadline)
        }
        return isFirst
    }
}
