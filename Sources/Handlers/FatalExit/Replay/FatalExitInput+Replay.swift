import ListenerKit

extension FatalExitInput {
    /// Reads an input that was recorded, other than an event or a snapshot.
    init(_ kind: String, _ details: JSONValue, _ selection: ProgramSelection) throws(MalformedRecord) {
        switch kind {
        case ReplayKey.alarm: self = .alarm
        case FatalExitRecord.allProcesses: try self.init(allProcesses: details, selection)
        case FatalExitRecord.process: try self.init(process: details)
        case FatalExitRecord.shutdown: self = .shutdown(hasBegun: try details.boolean(FatalExitRecord.hasBegun))
        default: throw MalformedRecord("--\(HandlerName.fatalExit) has no input of the kind '\(kind)'")
        }
    }

    private init(allProcesses details: JSONValue, _ selection: ProgramSelection) throws(MalformedRecord) {
        guard let answer = details[FatalExitRecord.answer]?.text else {
            var processes: [ProcessInformation] = []
            for process in try details.elements(FatalExitRecord.processes) {
                processes.append(try ProcessInformation(process))
            }
            self = .allProcesses(processes, try .init(ifIn: details, selection))
            return
        }
        switch answer {
        case FatalExitRecord.none: self = .noProcesses(isStopping: false)
        case FatalExitRecord.stopping: self = .noProcesses(isStopping: true)
        default: throw MalformedRecord("no answer about all processes is '\(answer)'")
        }
    }

    private init(process details: JSONValue) throws(MalformedRecord) {
        if let information = details[FatalExitRecord.information] {
            self = .process(try ProcessInformation(information))
            return
        }
        let answer = try details.text(FatalExitRecord.answer)
        switch answer {
        case FatalExitRecord.none: self = .process(nil)
        case FatalExitRecord.removed: self = .processIsRemoved
        case FatalExitRecord.stopping: self = .isStopping
        default: throw MalformedRecord("no answer about a process is '\(answer)'")
        }
    }
}
