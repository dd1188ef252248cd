import ListenerKit

extension FatalExitBeginning {
    /// Reads what was recorded.
    init(_ record: JSONValue) throws(MalformedRecord) {
        guard let options = record[FatalExitRecord.options] else {
            throw MalformedRecord("the options of --\(HandlerName.fatalExit) are missing")
        }
        triggers = try options.named(FatalExitRecord.triggers) { [ShutdownTrigger](optionText: $0) }
        selection = try options.named(FatalExitRecord.programs) { text in
            text.isEmpty ? .all : ProgramSelection(optionText: text)
        }
        status = options[FatalExitRecord.status]?.integer.flatMap { UInt8(exactly: $0) }
        configuration = try FatalExitReducer.Configuration(record, selection)
        canAsk = try record.boolean(FatalExitRecord.canAsk)
        asksForUpdates = try record.boolean(FatalExitRecord.asksForUpdates)
    }
}

extension FatalExitReducer.Configuration {
    /// Reads what was recorded.
    init(_ record: JSONValue, _ selection: ProgramSelection) throws(MalformedRecord) {
        programs = try WatchedPrograms(selection, record.elements(FatalExitRecord.programs))
        guard let startup = record[FatalExitRecord.startup] else {
            self.startup = nil
            return
        }
        guard let plan = startup[FatalExitRecord.plan] else {
            throw MalformedRecord("the plan is missing")
        }
        self.startup = StartupProgress(
            try StartupPlan(plan),
            policy: try startup.named(FatalExitRecord.onFailure) { FailurePolicy(rawValue: $0) }
        )
    }

    /// Reads what was recorded with an answer of supervisord's; nil if the configuration had not changed.
    init?(ifIn record: JSONValue, _ selection: ProgramSelection) throws(MalformedRecord) {
        guard record[FatalExitRecord.programs] != nil else {
            return nil
        }
        try self.init(record, selection)
    }
}
