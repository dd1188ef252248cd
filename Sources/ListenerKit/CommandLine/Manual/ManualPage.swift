/// A manual page: that of a program, or of one of its subcommands.
struct ManualPage {
    /// The program.
    let program: Program
    /// The date on which the page was made, such as `2026-11-21`.
    let date: String

    /// Returns the source of a page.
    ///
    /// - Parameter subcommand: The subcommand; nil for the program.
    /// - Returns: The source in roff, with a newline at its end.
    func text(of subcommand: (any Subcommand.Type)?) -> String {
        var page = ManualText()
        page.addTitle(name(of: subcommand), date, "\(program.name) \(program.version)")
        if let subcommand {
            add(subcommand, to: &page)
        } else {
            addProgram(to: &page)
        }
        page.addSection("EXIT STATUS")
        page.add(paragraphs: Self.statuses(of: subcommand))
        addSurroundings(subcommand, to: &page)
        page.addSection("SEE ALSO")
        page.add(line: references(besides: subcommand).joined(separator: ",\n"))
        return page.text
    }

    private func name(of subcommand: (any Subcommand.Type)?) -> String {
        subcommand.map { "\(program.name)-\($0.name)" } ?? program.name
    }

    private func addProgram(to page: inout ManualText) {
        addName(nil, "event listener of supervisord", to: &page)
        page.add(line: "\(ManualText.bold(program.name)) [\\fIoptions\\fR] \\fIHANDLER\\fR...")
        page.add(line: ".br\n\(ManualText.bold(program.name)) \\fISUBCOMMAND\\fR [\\fIarguments\\fR]")
        page.addSection("DESCRIPTION")
        page.add(paragraphs: [HelpText.purpose])
        page.addSubsection("Handlers (several can be combined)")
        addHandlers(program.handlers, to: &page)
        page.addSubsection("Subcommands, instead of options and handlers")
        for subcommand in program.subcommands {
            page.add(item: ManualText.bold(subcommand.name), HelpText.sentence(subcommand.summary))
        }
        page.addSection("OPTIONS")
        addOptions(ListenerOptions.all, of: program.handlers, ["--version": "print the version and exit"], to: &page)
    }

    private func add(_ subcommand: any Subcommand.Type, to page: inout ManualText) {
        addName(subcommand, subcommand.summary, to: &page)
        var words = [ManualText.bold("\(program.name) \(subcommand.name)"), "[\\fIoptions\\fR]"]
        words += subcommand.handlers.isEmpty ? [] : ["[\\fIHANDLER\\fR...]"]
        words += [subcommand.arguments.map { "[\(ManualText.italic($0))]" }].compactMap { $0 }
        words += [subcommand.operands.map { "[\\-\\- \(ManualText.italic($0))]" }].compactMap { $0 }
        page.add(line: words.joined(separator: " "))
        page.addSection("DESCRIPTION")
        page.add(paragraphs: [HelpText.sentence(subcommand.summary)] + subcommand.explanation)
        if !subcommand.handlers.isEmpty {
            page.addSubsection("Handlers (several can be combined)")
            addHandlers(subcommand.handlers, to: &page)
        }
        page.addSection("OPTIONS")
        addOptions(subcommand.options, of: subcommand.handlers, [:], to: &page)
    }

    private func addName(_ subcommand: (any Subcommand.Type)?, _ summary: String, to page: inout ManualText) {
        page.addSection("NAME")
        page.add(paragraphs: ["\(name(of: subcommand)) - \(summary)"])
        page.addSection("SYNOPSIS")
    }

    private func addHandlers(_ handlers: [any Handler.Type], to page: inout ManualText) {
        for handler in handlers {
            let events = handler.events.map { $0.rawValue }.joined(separator: ",")
            let need = events.isEmpty ? "" : " Needs events=\(events)."
            page.add(item: ManualText.bold("--\(handler.name)"), HelpText.sentence(handler.summary) + need)
        }
    }

    private func addOptions(
        _ options: [any OptionDeclaration],
        of handlers: [any Handler.Type],
        _ others: KeyValuePairs<String, String>,
        to page: inout ManualText
    ) {
        for option in options {
            add(CommandLineOption(option), to: &page)
        }
        page.add(item: "\(ManualText.bold("-h")), \(ManualText.bold("--help"))", "print this help and exit")
        for (name, help) in others {
            page.add(item: ManualText.bold(name), help)
        }
        for handler in handlers where !handler.options.isEmpty {
            page.addSubsection("Options of --\(handler.name)")
            for option in handler.options {
                add(CommandLineOption(option, of: handler.name), to: &page)
            }
        }
    }

    private func add(_ option: CommandLineOption, to page: inout ManualText) {
        let short = option.name == "--config" ? "\(ManualText.bold("-c")), " : ""
        let value = option.declaration.valueName.map { " \(ManualText.italic($0))" } ?? ""
        page.add(item: short + ManualText.bold(option.name) + value, HelpText.explanation(of: option))
    }

    private func references(besides subcommand: (any Subcommand.Type)?) -> [String] {
        let own = name(of: subcommand)
        let pages = ([program.name] + program.subcommands.map { name(of: $0) }).filter { $0 != own }
        return pages.map { "\(ManualText.bold($0))(1)" } + [ManualText.italic("http://supervisord.org/")]
    }
}
