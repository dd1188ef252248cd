import ListenerKit

/// The text of the main file, and of the one that it includes last.
extension ConfigurationComposer {
    /// Returns the text of the main file, without the section for supervisorctl.
    ///
    /// - Parameter last: Patterns for what it includes last.
    /// - Returns: The text.
    func mainFile(including last: [String] = []) -> ComposedText {
        var text = ComposedText(of: path)
        text.append(ConfigurationFiles.firstComposedLine)
        text.append("[include]")
        let patterns =
            [IncludePattern.matching(path)]
            + base.patterns.map { IncludePattern.absolute($0, from: base.here) }
            + roles.flatMap { $0.files.map(IncludePattern.matching) }
            + last
        for (position, pattern) in patterns.enumerated() {
            text.append((position == 0 ? "files = " : "    ") + pattern, from: base.patternsLocation)
        }
        appendOptionsOfPrograms(to: &text)
        for section in sections {
            text.append(section)
        }
        return text
    }

    /// Returns the text of the options that replace those of programs; nil if there are none.
    func replacementsFile() -> ComposedText? {
        guard !replacements.isEmpty else {
            return nil
        }
        var text = ComposedText(of: path)
        text.append(ConfigurationFiles.firstComposedLine)
        for section in replacements {
            text.append(section)
        }
        return text
    }

    /// Adds options to programs; the options of the programs themselves are included later, and so override them.
    ///
    /// The order of programs stays as it is.
    private func appendOptionsOfPrograms(to text: inout ComposedText) {
        var seen: Set<String> = []
        for program in common == nil ? [] : roles.flatMap(\.programs) {
            guard document.section(named: program.name) == nil, seen.insert(program.name).inserted else {
                continue
            }
            let options = defaults.first { $0.name == program.name }?.options ?? []
            text.append(GeneratedSection(program.name, options, location: program.location))
            for (index, line) in (common?.lines ?? []).enumerated() {
                let origin = common.map { ConfigurationLocation(file: $0.file, line: index + 1) }
                text.append(line, from: origin)
            }
        }
        for section in defaults where !seen.contains(section.name) {
            text.append(section)
        }
    }

    /// Returns the section for supervisorctl, which ignores included files; nil if it needs none.
    func client(of server: ServerConfiguration?) -> GeneratedSection? {
        let written = document.section(named: Self.client)
        if sections.contains(where: { $0.name == Self.server }) {
            let location = written?["serverurl"]?.location
            let url = GeneratedSection.Option(key: "serverurl", text: "unix://\(socket)", location: location)
            let others = written?.options.filter { $0.key != "serverurl" } ?? []
            return GeneratedSection(Self.client, [url] + others.map { GeneratedSection.Option($0) })
        }
        if let written {
            return GeneratedSection(Self.client, written.options.map { GeneratedSection.Option($0) })
        }
        guard let server else {
            return nil
        }
        let url = server.url.utf8.flatMap { $0 == UInt8(ascii: "%") ? [$0, $0] : [$0] }
        let section = documents.compactMap { $0.section(named: server.sectionName) }.last
        let login = server.hasHashedPassword ? [] : ["username", "password"].compactMap { section?[$0] }
        return GeneratedSection(
            Self.client,
            [GeneratedSection.Option(key: "serverurl", text: String(decoding: url, as: UTF8.self))]
                + login.map { GeneratedSection.Option($0) }
        )
    }
}
