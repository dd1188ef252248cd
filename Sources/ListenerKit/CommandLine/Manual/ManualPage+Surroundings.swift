extension ManualPage {
    /// Returns the exit statuses: those of the task, and what ends every task.
    static func statuses(of subcommand: (any Subcommand.Type)?) -> [String] {
        guard let subcommand else {
            let listening = """
                0 after the end of input, TERM, INT or QUIT; 64 for a wrong command line; 65 for a configuration that cannot \
                be read; 69 if supervisord answers no calls; 71 if a system call failed.
                """
            return [listening]
        }
        let usual = "64 for a wrong command line; 71 if a system call failed."
        guard let own = subcommand.exitStatus else {
            return ["0; \(usual)"]
        }
        let isComplete = own.split(separator: " ").contains("\(ExitStatus.usage.rawValue)")
        return [own.prefix(1).uppercased() + own.dropFirst()]
            + (isComplete ? [] : ["As for every subcommand: \(usual)"])
    }

    /// Adds the environment, files and examples.
    func addSurroundings(_ subcommand: (any Subcommand.Type)?, to page: inout ManualText) {
        let options = (subcommand?.options ?? ListenerOptions.all).map { $0.name }
        let notes = subcommand?.notes ?? ManualNotes()
        let readsConfiguration = options.contains(ListenerOptions.config.name)
        var environment = notes.environment
        var files = notes.files
        if readsConfiguration {
            environment.append((ConfigurationSearch.variable, "The configuration file, if --config is not given."))
            let paths = ConfigurationSearch.usualPaths.joined(separator: ", ")
            files.append((paths, "The first of these that exists is the configuration file, if none is named."))
        }
        if options.contains(ListenerOptions.serverURL.name) {
            environment.append((Endpoint.variable, "The address of supervisord, if --server-url is not given."))
        }
        add("ENVIRONMENT", environment, to: &page)
        add("FILES", files, to: &page)
        addExamples(subcommand == nil ? example : notes.examples.map { ($0.0, [$0.1]) }, to: &page)
    }

    /// The section that makes the program a listener, by the declarations of its first handler.
    private var example: [(String, [String])] {
        guard let handler = program.handlers.first else {
            return []
        }
        let section = [
            "[eventlistener:\(program.name)]",
            "command=\(program.name) --\(handler.name)",
            "events=\(handler.events.map { $0.rawValue }.joined(separator: ","))",
        ]
        return [("A section of supervisord's configuration:", section)]
    }

    private func add(_ title: String, _ items: [ManualNotes.Note], to page: inout ManualText) {
        guard !items.isEmpty else {
            return
        }
        page.addSection(title)
        for (name, text) in items {
            page.add(item: ManualText.bold(name), text)
        }
    }

    private func addExamples(_ examples: [(text: String, lines: [String])], to page: inout ManualText) {
        for (index, example) in examples.enumerated() {
            page.add(line: index == 0 ? ".SH EXAMPLES" : ".PP")
            page.add(paragraphs: [example.text])
            page.add(example: example.lines)
        }
    }
}
