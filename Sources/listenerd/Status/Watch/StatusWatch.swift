import ListenerKit

/// `listenerd status --watch`: shows how processes stand until everything is up.
struct StatusWatch: ~Copyable {
    /// These end the watch, and the terminal must be restored before.
    private static let endings: [Signal] = [.interrupt, .terminate, .quit, .hangUp]

    private let follower: StatusFollower
    private var display: StatusDisplay
    /// Whether everything was up when that was last known.
    private var isUp = false
    /// Whether what is shown is not read any more.
    private var lacksReader = false

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - options: The options of `status`.
    ///   - display: What shows it.
    /// - Throws: ``SystemError``.
    init(_ options: OptionValues, _ display: StatusDisplay) throws(SystemError) {
        follower = try StatusFollower(options)
        self.display = display
        surviveFailedWrites()
    }

    /// Shows how processes stand until everything is up, or somebody ends it.
    ///
    /// - Returns: The exit status.
    /// - Throws: Why that cannot be found out.
    mutating func run() throws -> ExitStatus {
        guard display.form == .terminal, let keys = TerminalKeys() else {
            while !isOver {
                _ = poll(for: [follower.fileDescriptor], until: nil)
                try update()
            }
            return status
        }
        let signals = try SignalPipe.open(for: Self.endings + [.terminalStop])
        return try run(keys, signals)
    }

    private mutating func run(_ keys: borrowing TerminalKeys, _ signals: borrowing SignalPipe) throws -> ExitStatus {
        var descriptors = [follower.fileDescriptor, signals.fileDescriptor, keys.fileDescriptor]
        while !isOver {
            let ready = poll(for: descriptors, until: nil)
            for signal in ready.contains(signals.fileDescriptor) ? signals.readSignals() : [] {
                if Self.endings.contains(signal) {
                    return ExitStatus(rawValue: 128 + signal.rawValue)
                }
                if signal == .terminalStop {
                    keys.suspend()
                    display.beginAnew()
                }
            }
            if ready.contains(keys.fileDescriptor) {
                guard let pressed = keys.read() else {
                    descriptors.removeLast()
                    continue
                }
                if pressed.contains(where: { $0 == UInt8(ascii: "q") || $0 == UInt8(ascii: "Q") }) {
                    break
                }
            }
            if ready.contains(follower.fileDescriptor) {
                try update()
            }
        }
        return status
    }

    private var isOver: Bool { isUp || lacksReader }

    private var status: ExitStatus { isUp ? .success : .incomplete }

    private mutating func update() throws {
        if let observation = try follower.next() {
            isUp = observation.isUp
            do throws(SystemError) {
                try display.show(observation)
            } catch {
                guard error.isBrokenPipe else {
                    throw error
                }
                lacksReader = true
            }
        }
    }
}
