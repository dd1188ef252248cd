import ListenerKit

extension WatchedPrograms {
    private enum Key {
        static let process = "process"
        static let group = "group"
        static let isListener = "listener"
    }

    /// Writes an array of the processes, with what the configuration says about them.
    func write(to json: inout JSONText) {
        let names = Array(programs.keys) + Array(listeners)
        json.array(names.sorted()) { json, name in
            json.object { json in
                json.key(Key.process)
                json.string(name.process)
                json.key(Key.group)
                json.string(name.group)
                if let program = programs[name] {
                    program.write(to: &json)
                } else {
                    json.key(Key.isListener)
                    json.boolean(true)
                }
            }
        }
    }

    /// Reads what was recorded.
    ///
    /// - Parameters:
    ///   - selection: Which programs matter.
    ///   - record: The array; nil results if it is none of processes.
    init?(_ selection: ProgramSelection, _ record: JSONValue) {
        guard let processes = record.elements else {
            return nil
        }
        self.init(selection, nil)
        for process in processes {
            guard let name = process[Key.process]?.text, let group = process[Key.group]?.text else {
                return nil
            }
            add(
                ProcessName(group: group, process: name),
                process[Key.isListener]?.boolean ?? false ? nil : WatchedProgram(process)
            )
        }
    }
}

extension WatchedProgram {
    private enum Key {
        static let autostart = "autostart"
        static let autorestart = "autorestart"
        static let exitcodes = "exitcodes"
        static let startretries = "startretries"
    }

    /// Writes the values as members of an object, each under its key in the configuration.
    fileprivate func write(to json: inout JSONText) {
        json.key(Key.autostart)
        json.boolean(isAutostarted)
        json.key(Key.autorestart)
        json.string(autorestart.word)
        json.key(Key.exitcodes)
        json.array(exitCodes) { $0.number($1) }
        json.key(Key.startretries)
        json.number(startRetries)
    }

    /// Reads what was recorded; what is missing is as by default.
    fileprivate init(_ record: JSONValue) {
        self.init(
            isAutostarted: record[Key.autostart]?.boolean ?? true,
            autorestart: record[Key.autorestart]?.text.flatMap { Autorestart(word: $0) } ?? .unexpected,
            exitCodes: record[Key.exitcodes]?.elements?.compactMap { $0.integer } ?? [0],
            startRetries: record[Key.startretries]?.integer
        )
    }
}
