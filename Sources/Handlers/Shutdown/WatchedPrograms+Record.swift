import ListenerKit

extension WatchedPrograms {
    private enum Key {
        static let name = "process"
        static let group = "group"
        static let isListener = "listener"
    }

    /// Writes an array of the processes, with what the configuration says about them.
    func write(to json: inout JSONText) {
        let names = Array(programs.keys) + Array(listeners)
        json.array(names.sorted()) { json, name in
            json.object { json in
                json.key(Key.name)
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
    ///   - records: The elements of the array.
    /// - Throws: ``MalformedRecord`` if one is no process.
    init(_ selection: ProgramSelection, _ records: [JSONValue]) throws(MalformedRecord) {
        self.init(selection, nil)
        for record in records {
            let name = ProcessName(group: try record.text(Key.group), process: try record.text(Key.name))
            add(name, record[Key.isListener] == nil ? try WatchedProgram(record) : nil)
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

    /// Reads what was recorded.
    fileprivate init(_ record: JSONValue) throws(MalformedRecord) {
        self.init(
            isAutostarted: try record.boolean(Key.autostart),
            autorestart: try record.named(Key.autorestart) { Autorestart(word: $0) },
            exitCodes: try record.integers(Key.exitcodes),
            startRetries: record[Key.startretries]?.integer
        )
    }
}
